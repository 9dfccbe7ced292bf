"""How good what was looked at is."""

from enum import IntEnum


class Grade(IntEnum):
    """How good a finding is; also the exit status of `agent-app doctor`."""

    FINE = 0
    WARNING = 1
    ERROR = 2
