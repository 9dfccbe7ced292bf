"""The sync's state for the window: one signal, and sentences for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo

from PySide6.QtCore import QLocale, QObject, Signal

from agent_app.domain.errors import CredentialsRefused, ExternalError, SignedOut, StoreFull
from agent_app.domain.sync_state import Connection, Stopped, SyncState
from agent_app.sync.state import ObservableState
from agent_app.text.labels import error_words
from agent_app.text.moments import clock_text


class SyncStatus(QObject):
    """Follows a `ObservableState` state; there may be none yet."""

    changed = Signal()

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self.state = SyncState()
        self._unlisten: Callable[[], None] = lambda: None

    def follow(self, watched: ObservableState | None) -> None:
        """Follow another sync, or none."""
        self._unlisten()
        self._unlisten = lambda: None
        if watched is not None:
            self._unlisten = watched.listen(self._on_state)
        self._on_state(watched.now if watched is not None else SyncState())

    def fail(self, connection: Connection, error: ExternalError) -> None:
        """Show a failure from before there was a sync."""
        self._on_state(replace(self.state, connection=connection, error=error))

    def _on_state(self, state: SyncState) -> None:
        self.state = state
        self.changed.emit()

    @property
    def is_online(self) -> bool:
        """Whether the server answers."""
        return self.state.connection is Connection.ONLINE

    def connection_words(self) -> str:
        """Return the connection in a word or two."""
        if self.state.sending is not None:
            return self.tr("Sending has stopped")
        if self.state.reading is not None:
            return self.tr("Refreshing has stopped")
        match self.state.connection:
            case Connection.STARTING:
                return self.tr("Connecting…")
            case Connection.ONLINE:
                return self.tr("Online")
            case Connection.OFFLINE:
                return self.tr("Offline")
            case Connection.NOT_TRUSTED:
                return self.tr("Not trusted")
            case Connection.SIGNED_OUT:
                return self.tr("Signed out")
            case Connection.NOT_ALLOWED:
                return self.tr("No permission")
            case Connection.LIMITED:
                return self.tr("Waiting for the next hour")
            case Connection.TROUBLE:
                return self.tr("The server has a problem")

    def sentence(self) -> str:
        """Return what is wrong and what to do next, or "" if nothing is."""
        signed_out = self.state.connection is Connection.SIGNED_OUT
        stopped = self.state.sending or self.state.reading
        if stopped is not None and not signed_out:
            return self._stopped_words(stopped)
        if self.state.error is None:
            return ""
        if self._is_first_start():
            return self.tr("Sign in to see your followups.")
        return error_words(self.state.error, self._zone, QLocale(), self.state.until)

    def _is_first_start(self) -> bool:
        """Return whether nobody is signed in and nothing waits for that: there is nothing to worry about."""
        state = self.state
        nobody = isinstance(state.error, SignedOut)
        refused = isinstance(state.error, CredentialsRefused)
        return nobody and not refused and not state.waiting and not state.attention

    def _stopped_words(self, stopped: Stopped) -> str:
        """Why nothing is sent, or read, and when that is tried again."""
        time = clock_text(stopped.until.astimezone(self._zone), QLocale())
        if isinstance(stopped.error, StoreFull):
            return self.tr(
                "The disk is full or cannot be written, so nothing is sent or read. Free some space;"
                " trying again at {time}."
            ).format(time=time)
        if self.state.sending is not None:
            return self.tr(
                "Sending has stopped: something went wrong in the program. What you save is kept;"
                " trying again at {time}."
            ).format(time=time)
        return self.tr(
            "The list is not refreshed: something went wrong in the program. What you save is still"
            " sent; trying again at {time}."
        ).format(time=time)

    def refresh_words(self) -> str:
        """When the list was last read."""
        if self.state.progress is not None:
            done, total = self.state.progress
            return self.tr("Loading {done} of {total}…").format(done=done, total=total)
        if self.state.refreshing:
            return self.tr("Refreshing…")
        if self.state.last_refresh is None:
            return ""
        at = self.state.last_refresh.astimezone(self._zone)
        words = self.tr("Refreshed at {time}").format(time=clock_text(at, QLocale()))
        if self.state.unreadable:
            odd = self.tr("%n row(s) could not be read", "", self.state.unreadable)
            return f"{words} · {odd}"
        return words

    def older_words(self) -> str:
        """Return what of the server's list is not on this computer, and what is done about it; or ""."""
        older, locale = self.state.older, QLocale()
        if not older.missing:
            return ""
        if older.waits_until is not None:
            at = clock_text(older.waits_until.astimezone(self._zone), locale)
            if not older.has_day:
                return self.tr(
                    "Not all of today's followups are here yet: what is due is. Reading goes on at"
                    " {time}, your colleagues need the rest of this hour."
                ).format(time=at)
            return self.tr(
                "Getting older followups goes on at {time}: your colleagues need the rest of this hour."
            ).format(time=at)
        if not older.has_day:
            return self.tr("Today's followups are being read…")
        if older.reading:
            here, total = locale.toString(older.total - older.missing), locale.toString(older.total)
            return self.tr("Getting older followups: {here} of {total} are here").format(
                here=here, total=total
            )
        words = self.tr("%n older followup(s) are not on this computer yet", "", older.missing)
        return words.replace(str(older.missing), locale.toString(older.missing))

    def kept_words(self, waiting: int) -> str:
        """Return what becomes of *waiting* changes after signing out."""
        return self.tr(
            "You are signed out. %n change(s) that the server does not have yet: kept for this account, encrypted, to leave when you sign in again.",
            "",
            waiting,
        )

    def unsent_words(self) -> str:
        """Why the local data cannot be removed now."""
        return self.tr(
            "Something that you typed or saved here is not sent yet. It is kept, and your local data with it."
        )

    def outbox_words(self) -> str:
        """Return what still has to leave, and what needs a person."""
        parts = []
        if self.state.waiting:
            parts.append(self.tr("%n change(s) to send", "", self.state.waiting))
        if self.state.attention:
            parts.append(self.tr("%n need(s) attention", "", self.state.attention))
        return " · ".join(parts)
