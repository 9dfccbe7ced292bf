"""Room: ui. The form of one followup."""
