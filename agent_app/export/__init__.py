"""Tables and reviews as files, for other programs and other people."""
