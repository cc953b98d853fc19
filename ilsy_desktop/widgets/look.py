"""The look as numbers: colours of the three schemes, sizes in one scale, and the style of plain controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FAMILY = "Source Sans 3"


class Theme(NamedTuple):
    """Colours by what they are for, as #rrggbb."""

    name: str
    paper: str
    wash: str
    blue_wash: str
    caution_wash: str
    highlight: str
    ink: str
    soft: str
    line: str
    header: str
    header_ink: str
    accent: str
    on_accent: str
    focus: str
    worked: str
    partly: str
    not_lasting: str
    failed: str
    stopped: str


LIGHT = Theme(
    "light", "#ffffff", "#f3f6f8", "#e8f1f8", "#fdf5e6", "#fff3b0", "#16232e", "#4a5a68", "#d5dce2",
    "#00508f", "#ffffff", "#00508f", "#ffffff", "#ffdd00",
    "#0b6b3a", "#8a5a00", "#5b3f8c", "#9c2a2a", "#4a5a68",
)  # fmt: skip
DARK = Theme(
    "dark", "#12191f", "#1a232b", "#152a3d", "#33290f", "#403600", "#e9eef2", "#a9b7c3", "#33424e",
    "#0c3a61", "#ffffff", "#7fbcf0", "#12191f", "#ffdd00",
    "#6fd39b", "#f0b74a", "#c3a6f5", "#ff8f86", "#a9b7c3",
)  # fmt: skip
# Where the system itself is not in high contrast: white on black, as the system's own themes are.
CONTRAST = Theme(
    "contrast", "#000000", "#000000", "#000000", "#000000", "#1aebff", "#ffffff", "#ffffff", "#ffffff",
    "#000000", "#ffffff", "#ffff00", "#000000", "#1aebff",
    "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff",
)  # fmt: skip

OUTCOME_COLOUR = {
    "worked": "worked",
    "partly-worked": "partly",
    "not-sustained": "not_lasting",
    "did-not-work": "failed",
    "made-worse": "failed",
    "stopped-early": "stopped",
}


def system_contrast() -> Theme:
    """The system's own high-contrast colours."""
    palette = QGuiApplication.palette()

    def colour(role: QPalette.ColorRole) -> str:
        return palette.color(role).name()

    role = QPalette.ColorRole
    window, text, mark = colour(role.Window), colour(role.WindowText), colour(role.Highlight)
    link, marked = colour(role.Link), colour(role.HighlightedText)
    return Theme(
        "contrast", window, window, window, window, mark, text, text, text,
        window, text, link, window if marked == link else marked, mark,
        text, text, text, text, text,
    )  # fmt: skip


class Metrics(NamedTuple):
    """Sizes in logical px; everything that carries or surrounds text is multiplied by `scale`."""

    scale: float = 1.0

    def px(self, size: float) -> int:
        """A size of the design at this text size."""
        return max(1, round(size * self.scale))

    @property
    def line_height(self) -> float:
        """Line height as a multiple of the font size."""
        return 1.5


class Look(QObject):
    """The theme and the metrics that every widget is given; `changed` follows a change of either."""

    changed = Signal()

    def __init__(self, scheme: str = "system", text_percent: int = 100) -> None:
        super().__init__()
        self.theme = LIGHT
        self.metrics = Metrics()
        self.heights: dict[tuple[QWidget, int], int] = {}
        self.widths: dict[QWidget, int] = {}
        self.choose(scheme, text_percent)

    def choose(self, scheme: str, text_percent: int) -> None:
        """Set scheme and text size; `system` follows the system's colours."""
        self.theme = _theme(scheme)
        self.metrics = Metrics(text_percent / 100)
        self.measure_again()
        self.changed.emit()

    def measure_again(self) -> None:
        """Forget all measured heights and widths: something shows other words, or others are below it."""
        self.heights.clear()
        self.widths.clear()

    def colour(self, token: str) -> QColor:
        """A colour of the theme by its token."""
        return QColor(getattr(self.theme, token))

    def outcome_colour(self, outcome: str) -> QColor:
        """The colour of an outcome mark."""
        return self.colour(OUTCOME_COLOUR.get(outcome, "stopped"))

    def font(self, size: float, weight: int = 400, italic: bool = False) -> QFont:
        """The reading face at a size of the design."""
        font = QFont(FAMILY)
        font.setPixelSize(self.metrics.px(size))
        font.setWeight(QFont.Weight(weight))
        font.setItalic(italic)
        return font

    def style_sheet(self) -> str:
        """The style of plain controls, made from the tokens."""
        return controls(self.theme, self.metrics)


def _theme(scheme: str) -> Theme:
    hints = QGuiApplication.styleHints()
    access = hints.accessibility()
    wants_contrast = access.contrastPreference().name == "HighContrast"
    if scheme == "contrast" or (scheme == "system" and wants_contrast):
        return system_contrast() if wants_contrast else CONTRAST
    if scheme == "dark" or (scheme == "system" and hints.colorScheme().name == "Dark"):
        return DARK
    return LIGHT


def controls(theme: Theme, metrics: Metrics) -> str:
    """QSS for buttons, fields, menus and scroll bars."""
    px = metrics.px
    button = (
        f"min-height:{px(40)}px; border-radius:{px(6)}px; font-size:{px(17)}px; font-weight:600;"
        f"padding:0 {px(16)}px; border:2px solid {theme.accent};"
    )
    return f"""
QWidget {{ font-family:"{FAMILY}"; color:{theme.ink}; font-size:{px(17)}px; }}
QMainWindow, #page, #canvas {{ background:{theme.paper}; }}
QScrollArea {{ border:0; background:{theme.paper}; }}
QPushButton {{ {button} color:{theme.accent}; background:{theme.paper}; }}
QPushButton:hover {{ background:{theme.blue_wash}; }}
QPushButton:focus {{ outline:0; border:4px solid {theme.focus}; min-height:{px(40) - 4}px; padding:0 {px(16) - 2}px; }}
QPushButton[main="true"] {{ color:{theme.on_accent}; background:{theme.accent}; }}
QPushButton:disabled {{ color:{theme.soft}; border-color:{theme.line}; background:{theme.wash}; }}
QPushButton:checked {{ color:{theme.on_accent}; background:{theme.accent}; }}
#header QPushButton {{ border:1px solid {theme.header_ink}; color:{theme.header_ink}; background:{theme.header};
  font-weight:400; font-size:{px(16)}px; padding:0 {px(12)}px; min-height:{px(42)}px; }}
#header QPushButton:hover {{ text-decoration:underline; }}
#header QPushButton:focus {{ border:4px solid {theme.focus}; padding:0 {px(12) - 3}px; min-height:{px(42) - 6}px; }}
#header QPushButton:disabled {{ border-color:{theme.header_ink}; }}
#header QPushButton::menu-indicator {{ width:0; image:none; }}
QLineEdit {{ background:{theme.paper}; color:{theme.ink}; border:2px solid {theme.line}; border-radius:{px(6)}px;
  min-height:{px(40)}px; padding:0 {px(10)}px; font-size:{px(17)}px;
  placeholder-text-color:{theme.soft}; selection-background-color:{theme.accent}; selection-color:{theme.on_accent}; }}
QLineEdit:focus {{ border:4px solid {theme.focus}; min-height:{px(40) - 4}px; padding:0 {px(10) - 2}px; }}
QCheckBox, QRadioButton {{ min-height:{px(44)}px; spacing:{px(10)}px; font-size:{px(17)}px; }}
QCheckBox:focus, QRadioButton:focus {{ border:4px solid {theme.focus}; border-radius:{px(6)}px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width:{px(20)}px; height:{px(20)}px; border:2px solid {theme.soft};
  background:{theme.paper}; }}
QCheckBox::indicator {{ border-radius:{px(4)}px; }}
QRadioButton::indicator {{ border-radius:{px(12)}px; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background:{theme.accent};
  border:{px(5)}px solid {theme.paper}; outline:2px solid {theme.accent}; }}
QComboBox, QSpinBox {{ min-height:{px(40)}px; border:2px solid {theme.soft}; border-radius:{px(6)}px;
  padding:0 {px(10)}px; background:{theme.paper}; color:{theme.ink}; }}
QComboBox:focus, QSpinBox:focus {{ border:4px solid {theme.focus}; }}
QComboBox QAbstractItemView {{ background:{theme.paper}; color:{theme.ink}; border:1px solid {theme.line}; }}
QMenu {{ background:{theme.paper}; color:{theme.ink}; border:1px solid {theme.soft}; padding:{px(6)}px; }}
QMenu::item {{ min-height:{px(32)}px; padding:{px(6)}px {px(24)}px; border-radius:{px(4)}px; }}
QMenu::item:selected {{ background:{theme.accent}; color:{theme.on_accent}; }}
QMenu::separator {{ height:1px; background:{theme.line}; margin:{px(4)}px; }}
QToolTip {{ background:{theme.paper}; color:{theme.ink}; border:1px solid {theme.soft}; padding:4px; }}
QScrollBar:vertical {{ background:{theme.wash}; width:{px(14)}px; margin:0; }}
QScrollBar::handle:vertical {{ background:{theme.soft}; min-height:{px(40)}px; border-radius:{px(5)}px; margin:2px; }}
QScrollBar:horizontal {{ background:{theme.wash}; height:{px(14)}px; margin:0; }}
QScrollBar::handle:horizontal {{ background:{theme.soft}; min-width:{px(40)}px; border-radius:{px(5)}px; margin:2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width:0; height:0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background:none; }}
"""
