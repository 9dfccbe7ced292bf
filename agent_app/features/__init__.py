"""One thing that a person can do a file: controllers over models and widgets."""
