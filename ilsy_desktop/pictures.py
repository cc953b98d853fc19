"""Pictures of pages, and the way in which a program without a person waits for a page to stand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from content_pack import open_pack
from ilsy_desktop.domain import routes
from ilsy_desktop.domain.routes import Route

if TYPE_CHECKING:
    from pathlib import Path

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
        "stage/understand", "start", "settings", "updates", "help", "about",
    )
)  # fmt: skip


def main_routes(pack_path: Path) -> list[Route]:
    """MAIN_ROUTES as far as a pack has them; for a page that it lacks, the first of that kind that it has.

    Raises PackError where the pack cannot be read.
    """
    with open_pack(pack_path) as pack:
        slugs = {summary.slug: summary.kind for summary in pack.items()}
    first = {kind: slug for slug, kind in reversed(slugs.items())}
    found = []
    for route in MAIN_ROUTES:
        kind = "material" if route.word == "print" else route.word
        if route.slug and route.slug not in slugs and kind in first and kind != "stage":
            found.append(Route(route.word, first[kind]))
        elif not route.slug or route.slug in slugs or kind == "stage":
            found.append(route)
    return list(dict.fromkeys(found))


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
    """Save a PNG of each ROUTE into `folder`, named after it: 0 when all were saved, else 1 and one line."""
    window.show()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for route in wanted:
            visit(navigator, route)
            _save(window, folder / f"{route.file_name()}.png")
    except OSError as error:
        sys.stderr.write(f"ilsy: the pictures could not be saved in {folder}: {error}. Choose another folder.\n")
        return 1
    except PageMissingError as error:
        sys.stderr.write(f"ilsy: {error}.\n")
        return 1
    return 0


def _save(window: Window, file: Path) -> None:
    if not window.grab().save(str(file)):
        raise OSError(f"{file.name} was not written")
