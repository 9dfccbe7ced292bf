"""Room: ui. The list of followups."""
