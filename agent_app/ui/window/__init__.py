"""The main window: its bars, layers and questions, its keys."""
