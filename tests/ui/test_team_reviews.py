"""A supervisor's review reaches the agent's window, and the answer comes back."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from agent_app.domain.outcomes import Outcome
from agent_app.domain.reviews import Score
from agent_app.domain.sent_review import Where
from agent_app.models.my_reviews import DRAFTS
from agent_app.models.sent_reviews import PLACE
from agent_app.ui.window.my_reviews_page import MyReviewsPage
from tests.nats_server import RunningNats
from tests.ui.conftest import Driver
from tests.ui.test_team import Join, join, nats, shared  # noqa: F401  (fixtures)
from tests.waiting import until

pytestmark = pytest.mark.anyio


def no_answer(desk: Driver) -> str:
    """Record that nobody answered; returns the followup's id."""
    desk.editor.choose_outcome(Outcome.NO_ANSWER)
    followup_id: str = desk.session.followup_id
    QTest.mouseClick(desk.editor.bar.save_button, Qt.MouseButton.LeftButton)
    return followup_id


async def review(desk: Driver, followup_id: str, comment: str) -> Any:
    """Review a call as a supervisor does; returns the review's bar."""
    report = desk.form_desk._supervisors()
    desk.editor.put_review_bar(report.reviews)
    report.reviews.show()
    desk.form_desk.show(followup_id)
    await until(lambda: desk.session.followup_id == followup_id)
    report.show_review()
    report.reviews.comment.setText(comment)
    box = next(iter(report.reviews._boxes.values()))
    box.setCurrentIndex(1 + list(Score).index(Score.PARTLY))
    QTest.mouseClick(report.reviews.mark, Qt.MouseButton.LeftButton)
    return report.reviews


def said(bar: Any) -> str:
    text: str = bar._said.text()
    return text


def foot(desk: Driver) -> QPushButton:
    button = desk.desk.window.statusBar().findChild(QPushButton, "my_reviews")
    assert isinstance(button, QPushButton)
    return button


def page(desk: Driver) -> MyReviewsPage:
    found = [one for one in desk.desk.window.findChildren(MyReviewsPage) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def words(page: MyReviewsPage) -> str:
    return " | ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


async def test_a_review_is_read_and_answered(join: Join) -> None:  # noqa: F811
    anna = await join("anna")
    anna.sandbox.set(role="supervisor")
    sofia = await join("sofia", role="supervisor")
    await until(lambda: anna.session.followup_id)
    done = no_answer(anna)
    await until(lambda: any(one.followup_id == done for one in sofia.desk.context.team.events()))
    anna.type("summary", "Half a wo")
    bar = await review(sofia, done, "Ask for the reason <b>first</b>")
    await until(lambda: "Sent to Anna, not read yet." in said(bar))
    await until(lambda: foot(anna).isVisible() and foot(anna).text() == "1 new review")
    assert anna.text("summary") == "Half a wo"  # nothing came over what is typed
    assert not foot(sofia).isVisible()
    QTest.mouseClick(foot(anna), Qt.MouseButton.LeftButton)
    (field,) = page(anna).answers.values()
    assert "Ask for the reason <b>first</b>" in words(page(anna))
    assert "Partly" in words(page(anna)) and "Sofia" in words(page(anna))
    QTest.keyClicks(field, "I will")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: "Anna read it" in said(bar) and "Answer: “I will”" in said(bar))
    await until(lambda: "Your answer: “I will”" in words(page(anna)))
    assert not foot(anna).isVisible() and page(anna).answers == {}
    QTest.keyClick(page(anna), Qt.Key.Key_Escape)
    assert anna.text("summary") == "Half a wo"
    # A review that is changed is read again.
    bar = await review(sofia, done, "Better: thank you")
    await until(lambda: foot(anna).isVisible() and "not read yet" in said(bar))
    anna.desk.window.actions_["my_reviews"].trigger()
    assert len(page(anna).answers) == 1 and "Better" in words(page(anna))


async def test_what_is_written_while_the_team_is_away_leaves_when_it_is_back(
    join: Join,  # noqa: F811
    nats: RunningNats,  # noqa: F811
) -> None:
    anna = await join("anna")
    anna.sandbox.set(role="supervisor")
    sofia = await join("sofia", role="supervisor")
    await until(lambda: anna.session.followup_id)
    done = no_answer(anna)
    await until(lambda: any(one.followup_id == done for one in sofia.desk.context.team.events()))
    bar = await review(sofia, done, "One")
    await until(lambda: foot(anna).isVisible())
    anna.desk.window.actions_["my_reviews"].trigger()
    (field,) = page(anna).answers.values()
    QTest.keyClicks(field, "typed, not sent")
    QTest.keyClick(page(anna), Qt.Key.Key_Escape)
    assert list((anna.store.state(DRAFTS) or {}).values()) == ["typed, not sent"]
    nats.kill()
    await until(lambda: not sofia.desk.context.team.state.is_live)
    await until(lambda: not anna.desk.context.team.state.is_live)
    bar = await review(sofia, done, "Two")
    assert "It goes to Anna when the team is back." in said(bar)
    assert [one["comment"] for one in sofia.store.state(PLACE)] == ["Two"]
    anna.desk.window.actions_["my_reviews"].trigger()
    (field,) = page(anna).answers.values()
    assert field.text() == "typed, not sent"
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: "it is said when the team is back" in words(page(anna)))
    nats.start()
    for desk in (anna, sofia):
        desk.desk._scope.team_desk.wake()  # type: ignore[union-attr]
    await until(lambda: "Two" in words(page(anna)) and len(page(anna).answers) == 1)
    heard = sofia.desk.context.team.all_reviews
    await until(lambda: "typed, not sent" in [one.answer for one in heard()])
    await until(lambda: "Sent to Anna" in said(bar))
    assert "comment" not in sofia.store.state(PLACE)[0]  # what has left is not kept twice


async def test_a_review_that_finds_no_agent_stays_and_says_so(join: Join) -> None:  # noqa: F811
    sofia = await join("sofia", role="supervisor")
    sofia.sandbox.set(role="supervisor")
    await until(lambda: sofia.table.rowCount() > 0)
    followup_id = sofia.table.row_at(0).id
    bar = await review(sofia, followup_id, "Whose?")
    assert "does not know who made this call" in said(bar)
    assert sofia.form_desk.sent_reviews.whereabouts(followup_id).where is Where.NOBODY
    own = no_answer(sofia)
    await until(lambda: sofia.desk.context.team.events())
    bar = await review(sofia, own, "Mine")
    assert "Your own call" in said(bar)


async def test_a_comment_that_is_being_typed_stays_when_an_answer_comes(join: Join) -> None:  # noqa: F811
    anna = await join("anna")
    anna.sandbox.set(role="supervisor")
    sofia = await join("sofia", role="supervisor")
    await until(lambda: anna.session.followup_id)
    done = no_answer(anna)
    await until(lambda: any(one.followup_id == done for one in sofia.desk.context.team.events()))
    bar = await review(sofia, done, "One")
    await until(lambda: foot(anna).isVisible())
    comment = bar.findChild(QLineEdit, "review_comment")
    comment.setText("One, and more")
    anna.desk.window.actions_["my_reviews"].trigger()
    (button,) = page(anna).read_buttons.values()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: "Anna read it" in said(bar))
    assert comment.text() == "One, and more"
