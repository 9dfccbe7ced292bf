"""Followup Desk: the desktop window in which agents record what came of a call."""

__version__ = "0.1.0"
