"""Everything by name and by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from agent_app.domain.debt_status import GOING_ON, DebtStatus
from agent_app.domain.fields import Status
from agent_app.ui.widgets.mnemonics import with_mnemonics
from agent_app.ui.widgets.theme import DARK, LIGHT, STATUS_TONES, Colours
from tests.ui.conftest import Driver

pytestmark = pytest.mark.anyio

LABELS = [
    "Status",
    "Type",
    "Call date",
    "Scheduled at",
    "Summary",
    "Notes",
    "Next call",
    "Call ID",
    "Recording URL",
    "Duration",
    "Phone number",
    "Direction",
    "Disconnection reason",
    "Retry attempt",
]


def everything(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield root
    if root.role() == QAccessible.Role.Table:
        return  # its cells are a matter of the model
    for place in range(root.childCount()):
        child = root.child(place)
        if child is not None and child.isValid():
            yield from everything(child)


def named(desk: Driver, role: QAccessible.Role) -> list[str]:
    root = QAccessible.queryAccessibleInterface(desk.desk.window)
    return [one.text(QAccessible.Text.Name) for one in everything(root) if one.role() == role]


def label_of(widget: QWidget) -> str:
    """The name that assistive technology hears: of a combo box, its label's."""
    interface = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QComboBox):
        relations = interface.relations(QAccessible.RelationFlag.Label)
        names = [one[0].text(QAccessible.Text.Name) for one in relations]
        return names[0] if names else ""
    return interface.text(QAccessible.Text.Name)


async def test_the_fields_have_the_agreed_names(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call")["id"])
    names = [label_of(desk.field(name)) for name in desk.editor.form.rows]
    assert names == LABELS


async def test_the_list_the_search_and_the_buttons_have_the_agreed_names(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call")["id"])
    assert named(desk, QAccessible.Role.Table) == ["Followups"]
    assert named(desk, QAccessible.Role.Button).count("Save") == 1
    assert named(desk, QAccessible.Role.Button).count("Discard") == 1
    search = QAccessible.queryAccessibleInterface(desk.desk.window.search_field)
    assert search.text(QAccessible.Text.Name) == "Search"


async def test_no_control_is_without_a_name(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call")["id"])
    nameless = [
        (widget.metaObject().className(), widget.objectName(), str(widget.parent()))
        for widget in desk.desk.window.findChildren(QWidget)
        if widget.isVisible()
        and (isinstance(widget, QAbstractButton) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.objectName()
        not in ("qt_scrollarea_viewport", "ScrollLeftButton", "ScrollRightButton")
        and not label_of(widget)
        and not widget.accessibleName()
    ]
    assert nameless == []


async def test_a_combo_box_tells_its_value(desk: Driver) -> None:
    wanted = desk.sandbox.some(type="call", status="no_answer")
    await desk.open(wanted["id"])
    interface = QAccessible.queryAccessibleInterface(desk.field("status"))
    assert interface.text(QAccessible.Text.Value) == "No answer"


async def test_tab_leads_through_the_form_to_save(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call", status="no_answer")["id"])
    desk.type("summary", "so that there is something to save")
    desk.field("status").setFocus()
    seen = []
    for _ in range(9):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.append(widget.objectName())
        desk.press(Qt.Key.Key_Tab)
    facts, words = ["status", "type", "call_date", "scheduled_at"], ["summary", "notes"]
    assert seen == [*facts, *words, "next_call", "save", "save_next"]
    desk.session.discard()


async def test_tab_from_notes_never_leads_to_discard(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call", status="no_answer")["id"])
    desk.field("notes").setFocus()
    desk.press(Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "next_call"


async def test_the_whole_job_without_a_mouse(desk: Driver) -> None:
    desk.desk.window.list_panel.view.setFocus()  # type: ignore[union-attr]
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    followup_id = desk.session.followup_id
    assert followup_id
    desk.press(Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "status"
    desk.press(Qt.Key.Key_F)
    desk.save()
    await desk.saved()
    assert desk.sandbox.followup(followup_id)["status"] == "failed"
    desk.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is desk.panel.view
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is desk.desk.window.search_field


async def test_the_wheel_changes_no_choice(desk: Driver) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    await desk.open(desk.sandbox.some(type="call")["id"])
    combo = desk.field("status")
    combo.setFocus()
    before = desk.text("status")
    event = QWheelEvent(
        QPointF(5, 5),
        combo.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, event)
    assert desk.text("status") == before


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""

    def part(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * part(c.redF()) + 0.7152 * part(c.greenF()) + 0.0722 * part(c.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
async def test_contrast_is_aa(colours: Colours) -> None:
    c = colours
    texts = [
        (ink, ground)
        for ink in (c.text, c.muted)
        for ground in (c.window, c.surface, c.raised, c.selection)
    ]
    texts += [
        (c.error, c.surface),
        (c.warning, c.surface),
        (c.good, c.surface),
        (c.accent, c.surface),
    ]
    texts += [(c.error, c.error_ground), (c.warning, c.warning_ground), (c.text, c.info_ground)]
    texts += [(c.on_accent, c.accent), (c.muted, c.neutral_ground)]
    texts += [(getattr(c, ink), getattr(c, ground)) for ink, ground in STATUS_TONES.values()]
    # how a debt stands is painted beside the debtor's name
    inks = {STATUS_TONES[status][0] for status in set(DebtStatus) - GOING_ON}
    texts += [(getattr(c, ink), ground) for ink in inks for ground in (c.surface, c.selection)]
    assert [(i, g) for i, g in texts if contrast(i, g) < 4.5] == []
    lines = [(c.field_line, c.surface), (c.accent, c.window), (c.error, c.surface)]
    assert [(i, g) for i, g in lines if contrast(i, g) < 3] == []


async def test_every_status_has_a_tone() -> None:
    assert set(STATUS_TONES) == set(Status) | set(DebtStatus)


async def test_mnemonics_are_unique_in_any_language() -> None:
    assert with_mnemonics(["Statut", "Type", "Date", "Été", "A&B"], "s") == [
        "S&tatut",
        "T&ype",
        "&Date",
        "&Été",
        "&A&&B",
    ]
    assert with_mnemonics(["aa", "a"]) == ["&aa", "a"]
