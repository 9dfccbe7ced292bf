"""The recording of a call: play, pause, seek, speed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.models.player import Player, Playing
from agent_app.runtime.weak import weakly
from agent_app.text.moments import duration_text
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.theme import Theme

STEP_MS = 5_000
STEPS = 1_000


class PlayerBar(QWidget):
    """Shows a `Player`; hidden where there is no recording."""

    def __init__(self, player: Player, theme: Theme) -> None:
        super().__init__()
        self._player, self._theme = player, theme
        self._dragging = False
        self.play = QToolButton()
        self.play.setObjectName("play")
        self.play.setProperty("inline", True)
        self.play.clicked.connect(player.toggle)
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("recording_position")
        self.slider.setRange(0, STEPS)
        self.slider.setAccessibleName(self.tr("Position in the recording"))
        self.slider.sliderPressed.connect(weakly(self._drag, True))
        self.slider.sliderReleased.connect(weakly(self._drag, False))
        self.slider.actionTriggered.connect(self._on_slider)
        self._clock = QLabel()
        self.rate = QPushButton()
        self.rate.setProperty("link", True)
        self.rate.setObjectName("rate")
        self.rate.setToolTip(self.tr("Speed (Shift+F8)"))
        self.rate.clicked.connect(player.next_rate)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("muted", True)
        self._words.hide()
        self._lay_out()
        player.changed.connect(self._show)
        player.moved.connect(self._show_place)
        theme.changed.connect(self._show)
        self._said = ""
        self._show()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 0, 14, 6)
        whole.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(self.tr("Recording"))
        label.setProperty("fieldlabel", True)
        row.addWidget(label)
        row.addWidget(self.play)
        row.addWidget(self.slider, 1)
        row.addWidget(self._clock)
        row.addWidget(self.rate)
        whole.addLayout(row)
        whole.addWidget(self._words)

    @property
    def words(self) -> str:
        """What is wrong, or waited for."""
        return self._words.text() if not self._words.isHidden() else ""

    def toggle(self) -> None:
        """Play, pause, go on; where there is no recording, nothing."""
        if not self.isHidden():
            self._player.toggle()

    def skip(self, steps: int) -> None:
        """So many steps of 5 s on or back."""
        self._player.skip(steps * STEP_MS)

    def next_rate(self) -> None:
        """Another speed."""
        if not self.isHidden():
            self._player.next_rate()

    def _drag(self, dragging: bool) -> None:
        self._dragging = dragging
        if not dragging:
            self._seek(self.slider.value())

    def _on_slider(self, action: int) -> None:
        """A key or a click moved it; while it is dragged, the release counts."""
        if not self._dragging and action != QSlider.SliderAction.SliderMove.value:
            self._seek(self.slider.sliderPosition())

    def _seek(self, step: int) -> None:
        self._player.seek(self._player.duration_ms * step // STEPS)

    def _show(self) -> None:
        player = self._player
        playing = player.state in (Playing.PLAYING, Playing.LOADING)
        name = self.tr("Pause the recording") if playing else self.tr("Play the recording")
        self.play.setIcon(self._theme.icon("pause" if playing else "play", "accent"))
        self.play.setIconSize(QSize(18, 18))
        self.play.setAccessibleName(name)
        self.play.setToolTip(f"{name} (F8)")
        self.slider.setEnabled(player.state in (Playing.PLAYING, Playing.PAUSED))
        self.rate.setText(f"{player.rate:g}×")
        self.rate.setAccessibleName(self.tr("Speed {rate}").format(rate=f"{player.rate:g}×"))
        words = player.trouble
        if player.state is Playing.LOADING:
            words = self.tr("The recording is loading…")
        self._words.setText(words)
        self._words.setVisible(bool(words))
        if words and words != self._said:
            announce(self, words)
        self._said = words
        self._show_place()

    def _show_place(self) -> None:
        player = self._player
        length = player.duration_ms
        place = player.position_ms
        if not self._dragging:
            self.slider.setValue(place * STEPS // length if length else 0)
        if length:
            self._clock.setText(f"{duration_text(place)} / {duration_text(length)}")
            self.slider.setSingleStep(max(1, STEP_MS * STEPS // length))
            self.slider.setPageStep(max(1, 3 * STEP_MS * STEPS // length))
        else:
            self._clock.setText("")


class _Slider(QSlider):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses here too."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)
