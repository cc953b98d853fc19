"""Pictures of pages, and the way in which a program without a person waits for a page to stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from ilsy_desktop.domain import routes

if TYPE_CHECKING:
    from pathlib import Path

    from ilsy_desktop.domain.routes import Route
    from ilsy_desktop.shell.navigator import Navigator
    from ilsy_desktop.shell.window import Window

LONGEST_MS = 10_000
MAIN_ROUTES = tuple(
    routes.parse(text)
    for text in (
        "home", "stage/test", "tool/pdsa", "tool/huddle", "example/6-pack-falls-prevention",
        "example/days-between-pressure-ulcers-barnsley-ward-huddles", "tools", "examples", "glossary",
        "guides", "sheets", "guide/guide-unsafe-now", "material/pdsa-worksheet", "print/pdsa-worksheet",
        "term/term-pdsa", "search?q=test%20a%20change", "search?q=bullying", "search?q=fishbown%20digram",
        "stage/understand", "start", "settings", "help", "about",
    )
)  # fmt: skip


class PageMissingError(Exception):
    """A page did not come; the message names it."""


def visit(navigator: Navigator, route: Route) -> None:
    """Open a ROUTE and wait until its page stands. Raises PageMissingError when it does not come."""
    loop = QEventLoop()
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    arrived: list[str] = []
    navigator.arrived.connect(arrived.append)
    navigator.arrived.connect(loop.quit)
    timer.start(LONGEST_MS)
    navigator.open(str(route))
    if not arrived:
        loop.exec()
    navigator.arrived.disconnect(arrived.append)
    navigator.arrived.disconnect(loop.quit)
    timer.stop()
    if not arrived:
        raise PageMissingError(f"the page {route} did not come within {LONGEST_MS // 1000} seconds")
    QApplication.sendPostedEvents()


def save_pictures(window: Window, navigator: Navigator, folder: Path, wanted: list[Route]) -> int:
    """Save a PNG of each ROUTE into `folder`, named after it; 0 when all were saved."""
    folder.mkdir(parents=True, exist_ok=True)
    window.show()
    for route in wanted or MAIN_ROUTES:
        visit(navigator, route)
        if not window.grab().save(str(folder / f"{route.file_name()}.png")):
            return 1
    return 0
