"""The form of one followup."""
