"""Pictures of every screen, to be looked at: `python -m tests.ui.screens FOLDER [THEME] [LANGUAGE]`.

Runs offscreen unless QT_QPA_PLATFORM says otherwise; QT_SCALE_FACTOR=2 makes a 4K picture. It asserts
nothing: a picture is for eyes.
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from agent_app.app.desktop import Desktop
from agent_app.app.form_desk import FormDesk
from agent_app.app.run import application
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain.debt_acts import DebtAct
from agent_app.domain.errors import Unreachable
from agent_app.domain.outbox import Refusal, RefusalKind
from agent_app.domain.outcomes import Outcome
from agent_app.domain.periods import Span, custom
from agent_app.domain.settings import LANGUAGES, THEMES, Settings
from agent_app.domain.sync_state import Connection
from agent_app.domain.templates import Template
from agent_app.domain.views import View
from agent_app.features.lock import Proof
from agent_app.models.edit_session import EditSession
from agent_app.runtime.loop import DeskLoop
from agent_app.store.followups import DueCall
from agent_app.ui.settings.dialog import SettingsDialog
from agent_app.ui.widgets.calendar_popup import CalendarPopup
from agent_app.ui.widgets.layer import layer_over
from agent_app.ui.window.palette import Palette
from tests.waiting import until

TEMPLATES = [
    Template("nrp", "Pas de réponse, message laissé le {date} à {time}."),
    Template("plan", "Échéancier proposé à {debtor} pour {amount} par {agent}, {échéance}."),
    Template("promesse", "Promesse de paiement le {due}."),
]


class Camera:
    """Takes pictures of a desk on the sandbox."""

    def __init__(self, desk: Desktop, folder: Path, name: str) -> None:
        self.desk, self.folder, self.name = desk, folder, name

    @property
    def form_desk(self) -> FormDesk:
        """The form's half of the desk."""
        assert self.desk.form_desk is not None
        return self.desk.form_desk

    def take(self, what: str, widget: QWidget | None = None) -> None:
        shown = widget or self.desk.window
        for _ in range(3):  # what lays itself out when it is painted, and what follows from that
            QApplication.sendPostedEvents(None, 0)
            shown.grab()
        file = self.folder / f"{self.name}-{what}.png"
        shown.grab().save(str(file))
        print(file)

    async def rest(self) -> None:
        """Until what slides in has arrived and what lays itself out later has done so."""
        for _ in range(20):
            await asyncio.sleep(0.02)

    def dialog(self) -> QDialog:
        return next(
            w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
        )


async def a_rich_call(desk: Desktop) -> None:
    """Open a call that has all that a call can have."""
    panel, store = desk.window.list_panel, desk.store
    assert panel is not None
    panel.choose_view(View.ALL)
    assert store is not None
    for place in range(panel.view.model().rowCount()):
        row = panel._table.row_at(place)
        assert row is not None
        followup, debt = store.followups.get(row.id), store.debts.get(row.debt_id)
        assert followup is not None
        rich = followup.notes and followup.audio_url and followup.summary and debt is not None
        if rich and debt is not None and debt.payment_link and debt.country == "FR":
            assert desk.session is not None
            panel.choose(row.id)
            session = desk.session
            await until(partial(_is_open, session, row.id))
            return


def _is_open(session: EditSession, followup_id: str) -> bool:
    return session.followup_id == followup_id


async def after_call(camera: Camera, language: str) -> None:
    desk = camera.desk
    editor, session = desk.window.editor, desk.session
    assert editor is not None
    assert session is not None
    await camera.rest()
    camera.take("call")
    editor.outcome_bar.show_more()
    camera.take("outcomes", editor.outcome_bar.menu)
    editor.outcome_bar.menu.hide()
    desk.window.activateWindow()  # no window manager does it here
    await camera.rest()
    editor.choose_outcome(Outcome.NO_ANSWER)
    line = editor.form.rows["next_call"].editor.focus
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "demain 21h" if language == "fr" else "tomorrow 21h")
    await until(lambda: editor.form.rows["next_call"].problem_shown)
    camera.take("phrase")
    editor.save()
    camera.take("reason")
    editor.reason.give_up()
    notes = editor.form.rows["notes"].editor.focus
    assert isinstance(notes, QPlainTextEdit)
    notes.setFocus()
    QTest.keyClicks(notes, " /p")
    camera.take("template")
    QTest.keyClick(notes, Qt.Key.Key_Escape)
    notes.clear()
    QTest.keyClicks(notes, "/plan ")
    editor.save()
    await camera.rest()
    camera.take("blanks")
    session.discard()
    await beside(camera)


async def beside(camera: Camera) -> None:
    """What was pinned, and what one must know before one speaks."""
    desk = camera.desk
    session, store = desk.session, desk.store
    assert session is not None and store is not None
    followup = session.followup
    assert followup is not None
    others = [one for one in store.followups.of_debt(followup.debt_id) if one.id != followup.id]
    said = "Litige : il n'a jamais signé. Ne plus appeler."
    store.followups.upsert([{"id": others[0].id, "notes": said}], datetime.now(UTC))
    camera.form_desk.pinned.add("Deaf: speak slowly. Never at work.")
    await until(lambda: len(camera.form_desk.card.flags()) > 1)
    await camera.rest()
    camera.take("flags")


async def about_debt(camera: Camera) -> None:
    """What a call says about the debt: a promise, a dispute, another address, the person's debts."""
    desk, place = camera.desk, camera.form_desk
    session, store, about = desk.session, desk.store, place.editor.about_debt
    assert session is not None and store is not None and about is not None
    followup = session.followup
    assert followup is not None
    debt = store.debts.get(followup.debt_id)
    assert debt is not None
    place.editor.ask_about_debt()
    about.layer.choose(DebtAct.PROMISE)
    QTest.keyClicks(about.layer.promise.day, "+10d")
    camera.take("debt-promise")
    about.layer.promise.instalments.setValue(3)
    about.layer.promise.take.click()
    await camera.rest()
    camera.take("debt-promised")
    session.discard()
    place.editor.ask_about_debt()
    about.layer.choose(DebtAct.MOVED)
    about.layer.lines["city"].selectAll()
    QTest.keyClicks(about.layer.lines["city"], "Villeurbanne")
    camera.take("debt-moved")
    about.layer.choose(DebtAct.DISPUTED)
    QTest.keyClicks(about.layer.reason, "never had the contract")
    camera.take("debt-disputed")
    about.layer.end()
    now = datetime.now(UTC)
    store.take_in_debts([{"id": debt.id, "status": "status.default.paid"}], now)
    others = [one for one in store.debts.of_person(debt.id) if one.id != debt.id]
    more = [
        {"id": f"picture-{n}", "debtor_id": debt.debtor_id, "amount": 80.0 * n, "currency": "EUR"}
        for n in (1, 2)
    ]
    texts = {"object": "Téléphonie", "company": "Créancier Exemple", "due_date": debt.due_date}
    store.take_in_debts([{**one, **texts, "status": debt.status} for one in more], now)
    made = f"Promesse · 120.00 {debt.currency} → {now.date() - timedelta(days=2)}"
    store.followups.upsert(
        [{"id": "made", "debt_id": debt.id, "type": "call", "notes": made, "call_date": now}], now
    )
    await until(lambda: len(about.person.boxes) >= len(others) + 2)
    about.person.open()
    await camera.rest()
    camera.take("debt-conflict-and-person")
    session.discard()


async def dialogs(camera: Camera) -> None:
    place = camera.form_desk
    opened: list[tuple[str, Callable[[], None]]] = [
        ("settings", place.ask_settings),
    ]
    for name, act in opened:
        act()
        dialog = camera.dialog()
        if isinstance(dialog, SettingsDialog):
            for tab in range(dialog._tabs.count()):
                dialog._tabs.setCurrentIndex(tab)
                camera.take(f"{name}-{tab}", dialog)
        else:
            camera.take(name, dialog)
        dialog.reject()


async def layers(camera: Camera) -> None:
    """What lies over the window, the calendar, a search, and the strips below the list."""
    desk, place = camera.desk, camera.form_desk
    window, session = desk.window, desk.session
    assert session is not None and desk.store is not None and window.list_panel is not None
    place.palette.open_palette()
    palette = layer_over(window)
    assert isinstance(palette, Palette)
    camera.take("palette")
    QTest.keyClicks(palette.line, "mo")
    camera.take("palette-found")
    palette.dismiss()
    place.palette.open_shortcuts()
    camera.take("shortcuts")
    shortcuts = layer_over(window)
    assert shortcuts is not None
    shortcuts.dismiss()
    window.list_panel.choose_view(View.TO_CALL_NOW)
    for outcome in (Outcome.DEAL_FOUND, Outcome.NO_ANSWER, Outcome.DEAL_NOT_FOUND):
        window.list_panel.open_first()
        place.editor.choose_outcome(outcome)
        session.set("summary", "Pays on Friday")
        session.set("notes", f"{session.value('notes') or ''} 120.00 EUR → 2026-12-05")
        session.give_reason("she asked for a call")
        place.editor.save()
        await camera.rest()
    place.my_day.open()
    camera.take("my-day")
    day = layer_over(window)
    assert day is not None
    day.dismiss()
    window.search_field.setText("rousseau")
    await camera.rest()
    camera.take("search")
    window.search_field.setText("")
    await camera.rest()
    line = place.editor.form.rows["scheduled_at"].editor.focus
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = next(w for w in QApplication.topLevelWidgets() if isinstance(w, CalendarPopup))
    camera.take("calendar", popup)
    popup.close()
    window.notice.say("A strip with something to know about it", action="Close", second="Open")
    camera.take("strip")
    window.notice.say("")


LONG_NOTE = """Spoke to the debtor's wife. He works nights and can be reached after 14:00.
He promised the first instalment for Friday. The second follows on the 10th.
Please do not call his employer."""
THEIR_NOTE = """Spoke to the debtor. He works nights and can be reached after 16:00.
He promised the first instalment for Friday. The second follows on the 10th.
Dispute: he never signed. Do not call again before legal has answered."""


async def beside_colleagues(camera: Camera) -> None:
    """A save, a call that comes in, a colleague's change, a conflict, the network gone."""
    desk, place = camera.desk, camera.form_desk
    session, panel, store = desk.session, desk.window.list_panel, desk.store
    assert session is not None and panel is not None and store is not None
    assert desk.engine is not None
    desk.window.activateWindow()
    panel.choose_view(View.TO_CALL_NOW)
    await camera.rest()
    camera.take("queue")
    panel.open_first()
    place.editor.choose_outcome(Outcome.NO_ANSWER)
    notes = place.editor.form.rows["notes"].editor.focus
    assert isinstance(notes, QPlainTextEdit)
    session.give_reason("she asked for a call")
    place.editor.save()
    await until(lambda: store.outbox.entries() == [])
    await camera.rest()
    camera.take("saved")
    await a_rich_call(desk)
    notes.setFocus()
    QTest.keyClicks(notes, "While I type ")
    followup = session.followup
    assert followup is not None
    debts = (store.debts.get(one.debt_id) for one in map(panel._table.row_at, range(9)) if one)
    phone = next(debt.phone for debt in debts if debt is not None and debt.phone)
    desk.take_pop({"phone": phone})
    await camera.rest()
    camera.take("call-card")
    desk.take_pop({"phone": "+33600000000"})
    await camera.rest()
    camera.take("call-card-unknown")
    session.discard()
    await desk.engine.stop()
    now = datetime.now(UTC)
    store.followups.upsert([{"id": followup.id, "status": "deal_found"}], now)
    await camera.rest()
    camera.take("colleague")
    session.set("notes", LONG_NOTE)
    session.set("summary", "Paiement promis vendredi")
    place.editor.save()
    (entry,) = store.outbox.entries()
    theirs = (("summary", "Litige : jamais signé"), ("notes", THEIR_NOTE))
    store.outbox.need_attention(entry, Refusal(RefusalKind.CONFLICT, theirs=theirs))
    await camera.rest()
    camera.take("conflict")
    desk.engine.state.set(connection=Connection.OFFLINE, error=Unreachable("no network"))
    camera.take("offline")


async def supervisors(camera: Camera) -> None:
    """Outcomes: every picture and its table, a figure's followups with their review, the draw."""
    desk, place = camera.desk, camera.form_desk
    assert desk.engine is not None
    desk.engine.state.set(scopes=(desk.status.state.scopes or frozenset()) | {"reports:read"})
    place.open_report()
    report = place.report
    assert report is not None and report.panel is not None
    today = report.model.today
    await until(lambda: not report.model.counting)
    camera.take("report")
    report.panel.span.setCurrentIndex(report.panel.span.findData(Span.CUSTOM))
    report.panel._first.set_day(today - timedelta(days=20))
    report.panel._last.set_day(today)
    report.model.show(Span.CUSTOM, custom(today - timedelta(days=20), today))
    await until(lambda: not report.model.counting)
    await camera.rest()
    pictures = report.panel.pictures
    for number, picture in enumerate(pictures.pictures):
        pictures.setCurrentIndex(number)
        await camera.rest()
        camera.take(f"report-{number}")
        if number in (1, 2, 3):
            picture.switch.click()
            camera.take(f"report-{number}-table")
            picture.switch.click()
    report.review_sample()
    await camera.rest()
    camera.take("review")


def _give(proof: Proof) -> Proof:
    return proof


async def details(camera: Camera) -> None:
    """The details of a call, with why it ended."""
    session, form = camera.desk.session, camera.form_desk.editor.form
    assert session is not None
    session.set("disconnection_reason", "debtor_hangup")
    form.focus_field("disconnection_reason")
    await camera.rest()
    camera.form_desk.editor._scroll.ensureWidgetVisible(form.rows["disconnection_reason"])
    await camera.rest()
    camera.take("details")
    session.discard()


async def others(camera: Camera) -> None:
    desk, place = camera.desk, camera.form_desk
    assert desk.session is not None
    await details(camera)
    place.begin_new()
    camera.take("new")
    followup = desk.session.followup
    assert followup is not None
    assert followup.scheduled_at is not None
    place.reminders._on_due([DueCall(followup.id, followup.debt_id, followup.scheduled_at)])
    camera.take("reminder")
    assert desk.lock is not None
    for proof in (Proof.PASSWORD, Proof.BROWSER):
        desk.lock.wanted = partial(_give, proof)  # type: ignore[method-assign]
        desk.lock.lock()
        camera.take(f"locked-{proof}")
        desk.lock.unlock()
    desk.window.sign_in_wanted.emit()
    camera.take("sign-in")


async def run(app: QApplication, folder: Path, said: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(theme=said.theme, language=said.language)
        desk = Desktop(app, Path(data), Configuration(settings, passphrase="for pictures"))
        desk.window.setWindowState(Qt.WindowState.WindowNoState)
        desk.window.resize(said.width, said.height)
        desk.window.show()
        desk.window.activateWindow()
        try:
            await desk.start(Account(SignInMethod.SANDBOX))
            await until(lambda: desk.status.state.last_refresh is not None)
            assert desk.preferences is not None
            desk.preferences._templates = TEMPLATES
            book = desk.preferences.book
            on = tuple(replace(rule, enabled=True) for rule in book.rules)
            desk.preferences._book = replace(book, rules=on)
            await a_rich_call(desk)
            panel = desk.window.list_panel
            assert panel is not None
            tabs = panel.filters._tabs  # the views' counts follow the list at their leisure
            await until(lambda: not tabs.tabText(tabs.currentIndex()).endswith(" 0"))
            camera = Camera(desk, folder, f"{said.theme}-{said.language}")
            if said.debts:
                await about_debt(camera)
                return
            if said.report:
                await supervisors(camera)
                return
            if said.layers:
                await layers(camera)
                return
            if not said.colleagues:
                await after_call(camera, said.language)
                await layers(camera)
                await dialogs(camera)
                await others(camera)
                await desk.start(Account(SignInMethod.SANDBOX))
                await until(lambda: desk.status.state.last_refresh is not None)
                await supervisors(camera)
                await desk.start(Account(SignInMethod.SANDBOX))
                await until(lambda: desk.status.state.last_refresh is not None)
            await beside_colleagues(camera)
        finally:
            await desk.stop()


def arguments(description: str | None) -> argparse.ArgumentParser:
    """What every command for pictures is told."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", type=Path)
    parser.add_argument("theme", nargs="?", choices=THEMES, default="light")
    parser.add_argument("language", nargs="?", choices=LANGUAGES, default="en")
    return parser


def take_pictures(
    run: Callable[[QApplication, Path, argparse.Namespace], Coroutine[Any, Any, None]],
    said: argparse.Namespace,
) -> None:
    """Run *run* on the desk's loop, in the language that was *said*."""
    said.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application(Settings(language=said.language))
    with DeskLoop(app) as loop:
        loop.run_until_complete(run(app, said.folder, said))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument(
        "--colleagues", action="store_true", help="only what happens beside colleagues"
    )
    parser.add_argument("--debts", action="store_true", help="only what is said about a debt")
    parser.add_argument("--layers", action="store_true", help="only what lies over the window")
    parser.add_argument("--report", action="store_true", help="only what supervisors see")
    parser.add_argument("--width", type=int, default=1366)
    parser.add_argument("--height", type=int, default=768)
    take_pictures(run, parser.parse_args())


if __name__ == "__main__":
    main()
