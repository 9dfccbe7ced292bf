"""The supervisors' pictures: what is drawn is in proportion, is found by a point, and can be read."""

import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from agent_app.system.paths import resources
from agent_app.ui.report.canvas import steps
from agent_app.ui.report.chart import Chart
from agent_app.ui.report.figures import (
    Bar,
    Bars,
    Cell,
    Columns,
    Figure,
    Heat,
    Part,
    Stacked,
    between,
    contrast,
    ink_on,
)
from agent_app.ui.widgets.theme import DARK, LIGHT, Colours, Theme

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
STATUSES = ["deal_found", "no_answer", "failed", "bad_behavior"]
VALUES = some.lists(some.integers(0, 4_000), min_size=1, max_size=40)
SIDES = some.integers(300, 1_600)


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, resources(), "light")


def drawn(theme: Theme, figure: Figure, width: int = 900, height: int = 380) -> Chart:
    chart = Chart(theme, "A picture")
    chart.resize(width, height)
    chart.put(figure)
    chart.grab()
    return chart


def bars_of(labels: list[str], values: list[int], few: str = "") -> Bars:
    return Bars([Bar(one, n, str(n), few) for one, n in zip(labels, values, strict=True)])


def stacked(columns: list[list[int]]) -> Stacked:
    parts = [
        Part(status, status, [column[n] for column in columns]) for n, status in enumerate(STATUSES)
    ]
    return Stacked([f"{n} Nov" for n in range(len(columns))], parts)


@settings(max_examples=30)
@given(
    some.lists(some.lists(some.integers(0, 900), min_size=4, max_size=4), max_size=35), SIDES, SIDES
)
def test_parts_stand_on_one_another_in_proportion(
    theme: Theme, columns: list[list[int]], width: int, height: int
) -> None:
    chart = drawn(theme, stacked(columns), width, height)
    rects = {mark.place: mark.rect for mark in chart.marks}
    values = {(n, part): v for n, column in enumerate(columns) for part, v in enumerate(column)}
    assert set(rects) == {place for place, value in values.items() if value}
    assert len(chart.marks) == len(rects)
    for place, rect in rects.items():
        assert chart.rect().toRectF().contains(rect)
        whole = sum(r.height() for p, r in rects.items() if p[0] == place[0])
        assert rect.height() / whole == pytest.approx(values[place] / sum(columns[place[0]]))
        assert whole <= height
        below = [rects[place[0], part] for part in range(place[1]) if (place[0], part) in rects]
        if below:
            assert rect.bottom() == pytest.approx(below[-1].top())


@settings(max_examples=30)
@given(VALUES, SIDES, SIDES)
def test_bars_and_columns_are_as_long_as_their_values(
    theme: Theme, values: list[int], width: int, height: int
) -> None:
    labels = [f"a rather long reason {n}" for n in range(len(values))]
    bars = {m.place[0]: m.rect for m in drawn(theme, bars_of(labels, values), width, height).marks}
    columns = {
        m.place[0]: m.rect for m in drawn(theme, Columns(labels, values), width, height).marks
    }
    assert set(bars) == set(range(len(values)))
    assert set(columns) == {place for place, value in enumerate(values) if value}
    most, longest = max([*values, 1]), max(rect.width() for rect in bars.values())
    for place, value in enumerate(values):
        assert bars[place].width() == pytest.approx(longest * value / most)
        assert bars[place].right() <= width
        assert place == 0 or bars[place].top() > bars[place - 1].bottom()
    tallest = max((rect.height() for rect in columns.values()), default=0)
    for place, rect in columns.items():
        assert rect.height() == pytest.approx(tallest * values[place] / most)
        assert rect.top() >= 0


def test_a_long_name_leaves_room_for_its_bar(theme: Theme) -> None:
    chart = drawn(theme, bars_of(["a reason " * 40, "busy"], [3, 2]), 400, 200)
    assert chart.marks[0].rect.width() > 150
    assert chart.marks[0].words.startswith("a reason a reason")  # whole where the pointer rests


@given(some.integers(0, 10**9), some.integers(0, 40))
def test_the_numbers_beside_an_axis_are_even_and_few(most: int, room: int) -> None:
    numbers = steps(most, room)
    assert numbers[0] == 0
    assert numbers[-1] <= most
    assert len(numbers) <= max(room, 1) + 1
    assert len({b - a for a, b in pairwise(numbers)}) <= 1


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_words_in_a_cell_can_be_read_on_every_shade(colours: Colours) -> None:
    low, high = QColor(colours.neutral_ground), QColor(colours.accent)
    for share in range(101):
        ground = between(low, high, share / 100)
        assert contrast(ink_on(ground), ground) >= 4.5


@pytest.mark.parametrize(
    ("figure", "of_few"),
    [
        (bars_of(["a"], [9]), bars_of(["a"], [9], "small sample")),
        (Columns(["a"], [9]), Columns(["a"], [9], "small sample")),
    ],
)
def test_what_is_of_few_is_pale_and_says_so(theme: Theme, figure: Figure, of_few: Figure) -> None:
    strong, pale = drawn(theme, figure), drawn(theme, of_few)

    def shade(chart: Chart) -> QColor:
        return chart.grab().toImage().pixelColor(chart.marks[0].rect.center().toPoint())

    assert contrast(shade(strong), QColor(LIGHT.surface)) > 4.5
    assert contrast(shade(pale), QColor(LIGHT.surface)) < 2.5
    assert "small sample" in pale.marks[0].words
    assert "small sample" not in strong.marks[0].words


def test_one_call_at_night_is_paler_than_thirty_by_day(theme: Theme) -> None:
    cells = {
        (0, 3): Cell(1.0, "100 %\n1", weight=1 / 30, few="small sample"),
        (1, 9): Cell(1.0, "66 %\n30"),
    }
    night, day = drawn(theme, Heat(DAYS, list(range(3, 20)), cells)).marks
    image = drawn(theme, Heat(DAYS, list(range(3, 20)), cells)).grab().toImage()
    shades = [
        image.pixelColor((mark.rect.topLeft() + QPoint(2, 2)).toPoint()) for mark in (night, day)
    ]
    surface = QColor(LIGHT.surface)
    assert contrast(shades[0], surface) < contrast(shades[1], surface) / 2
    assert "small sample" in night.words


# How red-blind, green-blind and blue-blind eyes see linear RGB (Machado, Oliveira, Fernandes 2009).
BLIND = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("eyes", BLIND)
def test_better_and_worse_are_told_apart_by_all_eyes(colours: Colours, eyes: str) -> None:
    def seen(name: str) -> list[float]:
        colour = QColor(getattr(colours, name))
        parts = (colour.redF() ** 2.2, colour.greenF() ** 2.2, colour.blueF() ** 2.2)
        rows = BLIND[eyes]
        mixed = (sum(a * b for a, b in zip(row, parts, strict=True)) for row in rows)
        return [max(0.0, min(1.0, one)) ** (1 / 2.2) for one in mixed]

    better, worse = seen("accent"), seen("warning")  # as in desk.qss
    assert math.dist(better, worse) > 0.3


def test_a_click_says_which_cell_and_a_pointer_that_rests_is_told(theme: Theme) -> None:
    cells = {(1, 9): Cell(0.5, "30%\n10"), (4, 17): Cell(1.0, "60%\n5")}
    chart = drawn(theme, Heat(DAYS, list(range(8, 21)), cells))
    chosen: list[tuple[int, int]] = []
    chart.chosen.connect(lambda day, hour: chosen.append((day, hour)))
    for mark in chart.marks:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=mark.rect.center().toPoint())
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.mouseClick(chart, Qt.MouseButton.RightButton, pos=chart.marks[0].rect.center().toPoint())
    assert chosen == list(cells)
    place = chart.marks[1].rect.center().toPoint()
    chart.show()
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, place, chart.mapToGlobal(place)))
    assert QToolTip.text() == "Fri 17:00\n60%\n5"
    QToolTip.hideText()
    chart.hide()


@pytest.mark.parametrize(
    "figure", [Bars([]), Columns([], []), Stacked([], []), Heat(DAYS, [8, 9], {})]
)
def test_a_period_without_calls_is_an_empty_picture(theme: Theme, figure: Figure) -> None:
    assert drawn(theme, figure).marks == []


def test_another_theme_is_drawn_at_once(theme: Theme) -> None:
    chart = drawn(theme, Columns(["a"], [1]))
    try:
        theme.choose("dark")
        assert chart.grab().toImage().pixelColor(1, 1) == QColor(DARK.surface)
    finally:
        theme.choose("light")
    assert chart.grab().toImage().pixelColor(1, 1) == QColor(LIGHT.surface)


def test_pictures_are_exported_sharp_and_with_their_words(theme: Theme, tmp_path: Path) -> None:
    chart = drawn(theme, Columns(["under 30 s", "30–60 s"], [1, 3]))
    png, svg = tmp_path / "picture.png", tmp_path / "picture.svg"
    chart.save(png)
    chart.save(svg)
    assert QImage(str(png)).size() == chart.size() * 3
    text = svg.read_text("utf-8")
    assert text.startswith("<?xml")
    assert "A picture" in text and "under 30 s" in text
    assert sorted(tmp_path.iterdir()) == [png, svg]
    with pytest.raises(OSError, match="No such file"):
        chart.save(tmp_path / "nowhere" / "picture.png")
