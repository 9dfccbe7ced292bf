"""Pictures of a team at its desks: `python -m tests.ui.team_screens FOLDER [THEME] [LANGUAGE]`.

Two agents share a list over a real NATS server; Ben's window is the one that is looked at.
"""

import argparse
import tempfile
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableWidget

from agent_app.app.desktop import Desktop
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain.outcomes import Outcome
from agent_app.domain.reviews import Score
from agent_app.domain.settings import Settings
from agent_app.domain.team import Role
from agent_app.domain.views import Filter, View
from agent_app.ui.settings.dialog import SettingsDialog
from agent_app.ui.window.my_reviews_page import MyReviewsPage
from tests.nats_server import RunningNats
from tests.sandbox import RunningSandbox
from tests.ui.screens import Camera, arguments, take_pictures
from tests.unit.team.desks import credentials
from tests.waiting import until


async def desk_of(
    app: QApplication,
    member: str,
    role: str,
    settings: Settings,
    sandbox: RunningSandbox,
    folder: Path,
) -> Desktop:
    """Open a member's window, live in the team."""
    folder.mkdir()
    desk = Desktop(app, folder, Configuration(settings, passphrase="for pictures"))
    desk.window.setWindowState(Qt.WindowState.WindowNoState)
    desk.window.resize(1366, 768)
    desk.window.setWindowTitle(member)
    desk.window.show()
    account = Account(
        SignInMethod.ENVIRONMENT, sandbox.server, sandbox.client_id, sandbox.client_secret
    )
    await desk.start(account)
    await until(lambda: desk.context.team.state.is_live and desk.session is not None)
    if role == Role.AGENT:
        await until(lambda: desk.session is not None and desk.session.followup_id != "")
    return desk


async def run(app: QApplication, folder: Path, said: argparse.Namespace) -> None:
    async with AsyncExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        nats, sandbox = RunningNats(), RunningSandbox("--followups", "150")
        stack.callback(nats.stop)
        stack.callback(sandbox.stop)
        desks = []
        for member, role in (("anna", "agent"), ("ben", "agent"), ("sofia", "supervisor")):
            sandbox.set(
                role="supervisor"
            )  # what each may do in the window is the service's business
            settings = Settings(
                theme=said.theme,
                language=said.language,
                team_credentials=str(credentials(data, member, role)),
                team_servers=(nats.address,),
            )
            desk = await desk_of(app, member, role, settings, sandbox, data / f"desk-{member}")
            stack.push_async_callback(desk.stop)
            desks.append(desk)
        anna, ben, sofia = desks
        camera = Camera(ben, folder, f"{said.theme}-{said.language}-team")
        assert anna.session is not None
        shown, team = anna.session.shown, ben.context.team
        assert shown is not None
        await until(lambda: team.claim_of(shown.debt_id))
        await camera.rest()
        camera.take("list")
        panel = ben.window.list_panel
        assert panel is not None
        panel.choose_view(View.ALL)
        camera.form_desk.show(shown.id)
        await camera.rest()
        camera.take("claimed")
        camera.form_desk.editor.dialling.call_debtor()
        await camera.rest()
        camera.take("warned")
        ben.take_pop({"followup_id": shown.id, "phone": "+33199000001"})
        await camera.rest()
        camera.take("card")
        ben.window.editor.take_over_wanted.emit()  # type: ignore[union-attr]
        await until(lambda: anna.context.team.claim_of(shown.debt_id))
        theirs = Camera(anna, folder, f"{said.theme}-{said.language}-team")
        await theirs.rest()
        theirs.take("taken-over")
        for desk, outcome in ((anna, Outcome.NO_ANSWER), (ben, Outcome.DEAL_NOT_FOUND)):
            assert desk.form_desk is not None
            assert desk.session is not None
            desk.form_desk.editor.choose_outcome(outcome)
            desk.form_desk.editor.save()
            await until(lambda: len(sofia.context.team.events()) == desks.index(desk) + 1)  # noqa: B023
        assert anna.form_desk is not None
        anna.form_desk.editor.choose_outcome(Outcome.NO_ANSWER)
        assert sofia.form_desk is not None
        sofia.form_desk.open_report()
        board = Camera(sofia, folder, f"{said.theme}-{said.language}-team")
        table = sofia.window.findChild(QTableWidget, "team_board")
        assert table is not None
        await until(lambda: table.rowCount() == 2)
        for _ in range(5):
            await board.rest()
        board.take("board")
        await take_reviews(ben, sofia, folder, f"{said.theme}-{said.language}-team")
        await take_standards(ben, sofia, folder, f"{said.theme}-{said.language}-team")


async def take_standards(agent: Desktop, supervisor: Desktop, folder: Path, name: str) -> None:
    """What a supervisor decides for all, in her settings and in an agent's."""
    for desk, whose in ((supervisor, "supervisor"), (agent, "agent")):
        assert desk.form_desk is not None
        desk.form_desk.ask_settings()
        dialog = desk.window.findChild(SettingsDialog)
        assert isinstance(dialog, SettingsDialog)
        if desk is supervisor:
            decide(dialog)
            dialog._on_ok()
            await until(partial(has_templates, agent))
            desk.form_desk.ask_settings()
            dialog = desk.window.findChildren(SettingsDialog)[-1]
        camera = Camera(desk, folder, name)
        await camera.rest()
        for page in ("General", "Templates", "Reviews", "Calling hours"):
            index = ("General", "Calls", "Templates", "Reviews", "Calling hours").index(page)
            dialog._tabs.setCurrentIndex(index)
            await camera.rest()
            pixmap = dialog.grab()
            pixmap.save(str(folder / f"{name}-settings-{whose}-{index}.png"))
        dialog.reject()
    await theirs_said(agent, folder, name)


def has_templates(desk: Desktop) -> bool:
    return len(desk.preferences.templates) > 0


def decide(dialog: SettingsDialog) -> None:
    """Decide all that can be decided for a team."""
    for text in ("Rang {debtor}: nobody picked up.", "{debtor} pays {amount} by {date}."):
        dialog.templates.add()
        dialog.templates.name.setText("nobody" if "nobody" in text else "promise")
        dialog.templates.text.setPlainText(text)
        dialog.templates.for_team.click()
    dialog.rules.rules[0].on.setChecked(True)
    dialog.fields["daily_goal"].setValue(55)
    for line in dialog.team_lines.values():
        line.box.click()


async def theirs_said(agent: Desktop, folder: Path, name: str) -> None:
    """The agent's window with what the foot says of it."""
    camera = Camera(agent, folder, name)
    await camera.rest()
    camera.take("standards-news")


async def take_reviews(agent: Desktop, supervisor: Desktop, folder: Path, name: str) -> None:
    """A review on its way from the supervisor to the agent, and back."""
    camera, theirs = Camera(supervisor, folder, name), Camera(agent, folder, name)
    form_desk = supervisor.form_desk
    assert form_desk is not None and agent.form_desk is not None
    report = form_desk._supervisors()
    events = [one for one in supervisor.context.team.events() if one.agent == "ben"]
    reviewed = events[-1].followup_id
    report._on_wanted(Filter(ids=frozenset({reviewed})), "Ben")
    form_desk.show(reviewed)
    await camera.rest()
    report.reviews.comment.setText(
        "Well led. Ask for the reason of the delay first, then for the date: they name a better one."
    )
    for box, score in zip(report.reviews._boxes.values(), Score, strict=False):
        box.setCurrentIndex(1 + list(Score).index(score))
    report.reviews.give()
    await until(lambda: len(agent.context.team.all_reviews()) == 1)
    await theirs.rest()
    theirs.take("review-came")
    agent.window.actions_["my_reviews"].trigger()
    await theirs.rest()
    theirs.take("review-page")
    page = agent.window.findChild(MyReviewsPage)
    assert isinstance(page, MyReviewsPage)
    next(iter(page.answers.values())).setText("Thank you, I will.")
    next(iter(page.read_buttons.values())).click()
    await until(lambda: supervisor.context.team.all_reviews()[0].answer)
    await theirs.rest()
    theirs.take("review-answered")
    await camera.rest()
    camera.take("review-bar")


def main() -> None:
    take_pictures(run, arguments(__doc__).parse_args())


if __name__ == "__main__":
    main()
