"""Colours, icons and style for the light and the dark theme.

Every pair of text and ground that is used has a contrast of 4.5 : 1 at least (WCAG AA), which a
test measures.
"""

from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from agent_app.domain.debt_status import DebtStatus

Scheme = Qt.ColorScheme


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Pills are (text, ground)."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    field_line: str
    accent: str
    on_accent: str
    selection: str
    error: str
    error_ground: str
    warning: str
    warning_ground: str
    info_ground: str
    good: str
    good_ground: str
    neutral_ground: str
    waiting: str
    waiting_ground: str
    cool: str
    cool_ground: str
    hit: str
    """The ground of what a search found."""


LIGHT = Colours(
    window="#f3f4f7",
    surface="#ffffff",
    raised="#fafbfc",
    text="#1b2130",
    muted="#596275",
    line="#dfe2e8",
    field_line="#868e9c",
    accent="#2457c5",
    on_accent="#ffffff",
    selection="#dbe6fd",
    error="#b3261e",
    error_ground="#fdecea",
    warning="#7a4b00",
    warning_ground="#fff3d6",
    info_ground="#e8effd",
    good="#17663a",
    good_ground="#dcf3e4",
    neutral_ground="#e9ebf0",
    waiting="#5b3da6",
    waiting_ground="#ece6fb",
    cool="#0b5a75",
    cool_ground="#dbf0f7",
    hit="#ffe08a",
)
DARK = Colours(
    window="#16191f",
    surface="#1e222a",
    raised="#252a33",
    text="#e8eaf0",
    muted="#a4adbd",
    line="#333a46",
    field_line="#737d8f",
    accent="#8fb3ff",
    on_accent="#0d1b38",
    selection="#2c3f66",
    error="#ff9d94",
    error_ground="#42211f",
    warning="#f2c46d",
    warning_ground="#3b2e12",
    info_ground="#202d49",
    good="#84d6a3",
    good_ground="#1c3a28",
    neutral_ground="#323844",
    waiting="#c9b6ff",
    waiting_ground="#332a52",
    cool="#86d0e8",
    cool_ground="#173743",
    hit="#6b5410",
)

STATUS_TONES: dict[str, tuple[str, str]] = {
    "on_hold": ("warning", "warning_ground"),
    "scheduled": ("accent", "info_ground"),
    "in_progress": ("waiting", "waiting_ground"),
    "sent": ("cool", "cool_ground"),
    "delivered": ("cool", "cool_ground"),
    "deal_found": ("good", "good_ground"),
    "no_answer": ("text", "neutral_ground"),
    "deal_not_found": ("warning", "warning_ground"),
    "bad_behavior": ("error", "error_ground"),
    "failed": ("error", "error_ground"),
    "cancelled": ("text", "neutral_ground"),
    DebtStatus.PENDING: ("text", "neutral_ground"),
    DebtStatus.ARCHIVED: ("text", "neutral_ground"),
    DebtStatus.IN_PROGRESS: ("waiting", "waiting_ground"),
    DebtStatus.PROCESSING: ("waiting", "waiting_ground"),
    DebtStatus.SETTLED: ("good", "good_ground"),
    DebtStatus.PAID: ("good", "good_ground"),
    DebtStatus.PARTIAL: ("cool", "cool_ground"),
    DebtStatus.FAILED: ("error", "error_ground"),
    DebtStatus.INVALID_PHONE: ("error", "error_ground"),
    DebtStatus.ON_HOLD: ("warning", "warning_ground"),
    DebtStatus.REFUSED: ("error", "error_ground"),
}
"""Names of the colours of a status's pill, a followup's or a debt's; an unknown status is neutral."""
NEUTRAL = ("text", "neutral_ground")
ICON_SIZES = (14, 16, 18, 20)
"""The sizes in which icons are shown, in the window's units."""


def pill(colours: Colours, status: str) -> tuple[QColor, QColor]:
    """Text and ground of a status's pill."""
    text, ground = STATUS_TONES.get(status, NEUTRAL)
    return QColor(getattr(colours, text)), QColor(getattr(colours, ground))


def _icon_pixels() -> list[int]:
    """Return the sizes that icons have on the screens that are here (pixels)."""
    scales = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return sorted({round(size * scale) for size in ICON_SIZES for scale in scales})


class Theme(QObject):
    """The theme of the application, which has Qt's style "Fusion" already; `changed` when it becomes
    another."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, choice: str = "system") -> None:
        super().__init__()
        self._app = app
        self._resources = resources
        self._icons: dict[tuple[str, str], QIcon] = {}
        self.choice = choice
        self.colours = LIGHT
        self._system_points = app.font().pointSizeF()
        self.points = 0
        self.choose(choice)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system)
        app.screenAdded.connect(self._on_system)  # it may want larger icons

    @property
    def is_dark(self) -> bool:
        """Whether the dark theme is on."""
        return self.colours is DARK

    def choose(self, choice: str) -> None:
        """ "system", "light" or "dark"."""
        self.choice = choice
        wanted = {"light": Scheme.Light, "dark": Scheme.Dark}.get(choice, Scheme.Unknown)
        QGuiApplication.styleHints().setColorScheme(wanted)
        self._apply()

    def set_points(self, points: int) -> None:
        """Make all text so many points larger than the system's (or smaller)."""
        if points == self.points:
            return
        self.points = points
        font = self._app.font()
        font.setPointSizeF(max(6.0, self._system_points + points))
        self._app.setFont(font)
        self._apply()

    def _on_system(self) -> None:
        self._apply()

    def _apply(self) -> None:
        scheme = QGuiApplication.styleHints().colorScheme()
        dark = self.choice == "dark" or (self.choice == "system" and scheme == Scheme.Dark)
        self.colours = DARK if dark else LIGHT
        self._icons.clear()
        self._app.setPalette(_palette(self.colours))
        self._app.setStyleSheet(self._style())
        self.changed.emit()

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """Return a drawing from the resources in one of the theme's colours."""
        key = (name, colour)
        if key not in self._icons:
            self._icons[key] = self._draw(name, getattr(self.colours, colour))
        return self._icons[key]

    def _draw(self, name: str, colour: str) -> QIcon:
        file = self._resources / "icons" / f"{name}.svg"
        drawing = file.read_text("utf-8").replace("currentColor", colour)
        renderer = QSvgRenderer(QByteArray(drawing.encode()))
        icon = QIcon()
        for size in _icon_pixels():
            pixmap = QPixmap(QSize(size, size))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            icon.addPixmap(pixmap)
        return icon

    def app_icon(self) -> QIcon:
        """Return the program's icon."""
        return QIcon(str(self._resources / "icons" / "followup-desk.svg"))

    def _style(self) -> str:
        style = (self._resources / "style" / "desk.qss").read_text("utf-8")
        for field in fields(Colours):
            style = style.replace(f"@{field.name};", f"{getattr(self.colours, field.name)};")
        style = style.replace("@title;", f"{round(15 + self.points * 1.4)}pt;")
        check = "check-dark" if self.is_dark else "check-light"
        arrow = "chevron-dark" if self.is_dark else "chevron-light"
        style = style.replace("@check;", f"{self._url(check)};")
        style = style.replace("@arrow_up;", f"{self._url(f'{arrow}-up')};")
        return style.replace("@arrow;", f"{self._url(arrow)};")

    def _url(self, name: str) -> str:
        """Return a drawing's place in a style sheet; in quotes, for people's names are in folders' names."""
        place = (self._resources / "icons" / f"{name}.svg").as_posix()
        escaped = place.replace("\\", "\\\\").replace('"', '\\"')
        return f'url("{escaped}")'


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    plain: dict[QPalette.ColorRole, str] = {
        role.Window: c.window,
        role.WindowText: c.text,
        role.Base: c.surface,
        role.AlternateBase: c.raised,
        role.Text: c.text,
        role.Button: c.surface,
        role.ButtonText: c.text,
        role.BrightText: c.error,
        role.ToolTipBase: c.raised,
        role.ToolTipText: c.text,
        role.PlaceholderText: c.muted,
        role.Highlight: c.selection,
        role.HighlightedText: c.text,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.Accent: c.accent,
        role.Light: c.raised,
        role.Mid: c.line,
        role.Midlight: c.line,
        role.Dark: c.field_line,
        role.Shadow: c.line,
    }
    for key, colour in plain.items():
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(c.muted))
    return palette
