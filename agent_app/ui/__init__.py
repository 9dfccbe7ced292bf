"""Widgets and delegates: what is seen and touched, nothing that decides."""
