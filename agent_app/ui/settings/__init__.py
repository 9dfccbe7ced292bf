"""The window of settings, with its pages for templates and calling rules."""
