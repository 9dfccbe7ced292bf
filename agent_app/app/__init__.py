"""Composes the program: the run, the window's life, what lives with an account."""
