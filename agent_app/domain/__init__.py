"""What a followup is and what may be done to it; no Qt, no IO, no clock of its own."""
