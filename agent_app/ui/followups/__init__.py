"""The list of followups."""
