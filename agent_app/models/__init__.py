"""Qt models without widgets: what the window shows, and how it changes."""
