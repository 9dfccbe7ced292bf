"""Decides what to fetch and what to send, and when."""
