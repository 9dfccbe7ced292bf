"""A service without a window that reads the list once for a whole company."""
