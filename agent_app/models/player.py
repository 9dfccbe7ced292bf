"""Plays the open followup's recording: QtMultimedia over what the sync brings in.

QtMultimedia is imported when somebody first presses Play. Where it, a sound device or a codec is
missing, a sentence says so.
"""

import asyncio
import logging
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QIODevice, QObject, QTimer, QUrl, Signal

from agent_app.domain.errors import ExternalError
from agent_app.models.commands import Commands
from agent_app.models.sync_port import Sound, SoundBytes

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

log = logging.getLogger(__name__)

RATES = (1.0, 1.25, 1.5, 2.0)
TICK_MS = 100


class Playing(StrEnum):
    """What the player does."""

    IDLE = "idle"
    LOADING = "loading"
    PLAYING = "playing"
    PAUSED = "paused"
    FAILED = "failed"


class Player(QObject):
    """One recording at a time. *words* puts an error into a sentence."""

    changed = Signal()
    """`state`, `rate`, `trouble` or `duration_ms` has changed."""
    moved = Signal()
    """`position_ms` or `loaded` has changed."""

    def __init__(self, commands: Commands, words: Callable[[Exception], str]) -> None:
        super().__init__()
        self._commands, self._words = commands, words
        self._player: QMediaPlayer | None = None
        self._output: QAudioOutput | None = None
        self._sound: Sound | None = None
        self._device: SoundDevice | None = None
        self._work: asyncio.Task[None] | None = None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._followup_id = ""
        self.state = Playing.IDLE
        self.rate = 1.0
        self.trouble = ""

    def show(self, followup_id: str) -> None:
        """Another followup is open: what played ends."""
        if followup_id != self._followup_id:
            self.stop()
            self._followup_id = followup_id

    # -- what the person does

    def toggle(self) -> None:
        """Play, pause, go on."""
        if self.state is Playing.PLAYING:
            assert self._player is not None
            self._player.pause()
        elif self._player is not None and self.state is Playing.PAUSED:
            self._player.play()
        elif self.state in (Playing.IDLE, Playing.FAILED):
            self._start()

    def seek(self, milliseconds: int) -> None:
        """Go to a place."""
        if self._player is not None and self.state in (Playing.PLAYING, Playing.PAUSED):
            self._player.setPosition(max(0, min(milliseconds, self.duration_ms)))
            if self._sound is not None:
                self._sound.wake()
            self.moved.emit()

    def skip(self, milliseconds: int) -> None:
        """Go on or back by this much."""
        self.seek(self.position_ms + milliseconds)

    def set_rate(self, rate: float) -> None:
        """Play faster: 1 to 2; voices keep their pitch where the system can do that."""
        self.rate = max(RATES[0], min(rate, RATES[-1]))
        if self._player is not None:
            self._player.setPlaybackRate(self.rate)
        self.changed.emit()

    def next_rate(self) -> None:
        """The next of the usual rates, around."""
        faster = [rate for rate in RATES if rate > self.rate]
        self.set_rate(faster[0] if faster else RATES[0])

    def stop(self) -> None:
        """End what plays, and forget it."""
        self._tick.stop()
        if self._sound is not None:
            self._sound.close()  # first: the player's thread may wait in it
            self._sound = None
        if self._work is not None:
            self._work.cancel()
            self._work = None
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())
        self._device = None
        self.trouble = ""
        self._set(Playing.IDLE)

    def close(self) -> None:
        """End for good."""
        self.stop()
        if self._player is not None:
            self._player.disconnect(self)
            self._player.deleteLater()
            self._player = None

    # -- how it stands

    @property
    def position_ms(self) -> int:
        """Where it plays (ms)."""
        return self._player.position() if self._player is not None else 0

    @property
    def duration_ms(self) -> int:
        """How long it is (ms), 0 while that is not known."""
        return max(0, self._player.duration()) if self._player is not None else 0

    @property
    def loaded(self) -> float:
        """How much of it is here, from 0 to 1."""
        if self._sound is None or not self._sound.spool.total:
            return 0.0
        return min(1.0, self._sound.spool.have_bytes / self._sound.spool.total)

    # -- inside

    def _start(self) -> None:
        self.stop()
        if not self._make_player():
            return
        sound = self._commands.recording(self._followup_id)
        if sound is None:
            self._fail(self.tr("The recording can be played once the server was reached."))
            return
        assert self._player is not None
        self._sound = sound
        sound.listen(self._on_bytes)
        self._work = asyncio.get_running_loop().create_task(sound.run())
        self._set(Playing.LOADING)
        self._tick.start()

    def _on_bytes(self) -> None:
        """The first bytes are here: only now the player may ask for its own, as opening waits."""
        if self._sound is None:
            return
        if self._device is None and self._sound.spool.have_bytes:
            assert self._player is not None
            self._device = SoundDevice(self._sound.spool)
            self._player.setSourceDevice(self._device)
            self._player.setPlaybackRate(self.rate)
            self._player.play()
        if self._sound.error is not None and (
            self._device is None or self.state is not Playing.PLAYING
        ):
            self._fail(self._words(self._sound.error))
        self.moved.emit()

    def _make_player(self) -> bool:
        if self._player is not None:
            return True
        try:
            from PySide6.QtMultimedia import (  # at the first Play; may be missing
                QAudioOutput,
                QMediaDevices,
                QMediaPlayer,
            )
        except ImportError:
            self._fail(
                self.tr("The sound libraries are not installed, so recordings cannot be played.")
            )
            return False
        self._player, self._output = QMediaPlayer(self), QAudioOutput(self)
        for signal in (self._output.volumeChanged, self._player.sourceChanged):
            _ask_once(signal)
        self._player.setAudioOutput(self._output)
        self._player.playbackStateChanged.connect(self._on_state)
        self._player.durationChanged.connect(self._on_length)
        self._player.errorOccurred.connect(self._on_error)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._has_device = bool(QMediaDevices.audioOutputs())
        return True

    def _on_length(self) -> None:
        self.changed.emit()

    def _on_state(self) -> None:
        from PySide6.QtMultimedia import QMediaPlayer  # at the first Play; may be missing

        assert self._player is not None
        match self._player.playbackState():
            case QMediaPlayer.PlaybackState.PlayingState:
                if not self._has_device:
                    self.trouble = self.tr("No sound device was found: it plays without a sound.")
                self._set(Playing.PLAYING)
            case QMediaPlayer.PlaybackState.PausedState:
                self._set(Playing.PAUSED)
            case _:
                if self.state in (Playing.PLAYING, Playing.PAUSED):
                    self._ended()

    def _ended(self) -> None:
        """It came to its end, or broke off: Play begins anew."""
        error = self._sound.error if self._sound is not None else None
        self.stop()
        if isinstance(error, ExternalError):
            self._fail(self._words(error))

    def _on_status(self) -> None:
        from PySide6.QtMultimedia import QMediaPlayer  # at the first Play; may be missing

        if (
            self._player is not None
            and self._player.mediaStatus() == QMediaPlayer.MediaStatus.InvalidMedia
            and self._sound is not None
        ):
            self._on_error()

    def _on_error(self) -> None:
        if self._sound is None:
            return
        error = self._sound.error
        self._fail(
            self._words(error)
            if error is not None
            else self.tr("This recording cannot be played here: its format is not known.")
        )

    def _fail(self, words: str) -> None:
        self.stop()
        self.trouble = words
        self._set(Playing.FAILED)

    def _set(self, state: Playing) -> None:
        self.state = state
        self.changed.emit()
        self.moved.emit()

    def _on_tick(self) -> None:
        if self._sound is not None:
            self._sound.wake()
        self.moved.emit()


def _ask_once(signal: Any) -> None:
    """Have it looked up, on this thread, that nothing here overrides what Qt calls when a signal is
    listened to or not any more. Else the sound's threads look it up, when an object of theirs ends:
    with its lock held they wait for the interpreter, and a stop, which keeps the interpreter, waits
    for the lock (seen here: a window that hung)."""

    def nothing(*_said: object) -> None:
        pass

    signal.connect(nothing)
    signal.disconnect(nothing)


class SoundDevice(QIODevice):
    """What QMediaPlayer reads from, on a thread of its own: waits where bytes are not here yet."""

    def __init__(self, spool: SoundBytes) -> None:
        super().__init__()
        self._spool = spool
        # Without Qt's own buffer: it would read far ahead, and wait for what nobody listens to.
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def isSequential(self) -> bool:
        """It can be read from anywhere."""
        return False

    def size(self) -> int:
        """Return how long it is, as far as that is known."""
        return self._spool.total or self._spool.have_bytes

    def bytesAvailable(self) -> int:
        """Return what lies ahead."""
        return max(0, self.size() - self.pos())

    def readData(self, most: int) -> bytes:
        """Bytes from where Qt is."""
        return self._spool.read(self.pos(), most)

    def writeData(self, _data: object, _length: int = 0) -> int:
        """Nothing is written here."""
        return -1
