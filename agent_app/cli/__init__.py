"""The command line: what can be asked for, and the commands that have no window."""
