"""A flag as a pill with its words; where it was read is a hover away, and is read out with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from agent_app.domain.flags import Flag
from agent_app.text.flags import flag_label

WARNINGS = frozenset({Flag.DISPUTED, Flag.WRONG_NUMBER})
"""The others are errors to overlook."""


class FlagPill(QLabel):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("pill", "error_ground")
        self.hide()

    def say(self, flag: Flag | None, source: str) -> None:
        """Show a flag and the *source* it was read from; None: nothing."""
        self.setVisible(flag is not None)
        if flag is None:
            self.clear()
            self.setToolTip("")
            return
        self.setText(flag_label(flag))
        self.setObjectName(f"flag_{flag}")
        # Qt takes a tip for rich text if it looks like it; a server's text never is.
        self.setToolTip(source.replace("<", "‹").replace(">", "›"))
        self.setAccessibleDescription(source)
        ground = "warning_ground" if flag in WARNINGS else "error_ground"
        if ground != self.property("pill"):
            self.setProperty("pill", ground)
            self.style().unpolish(self)
            self.style().polish(self)
