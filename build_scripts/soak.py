"""Long runs of the window, seeded: `soak.py pages|damage|monkey [--seed N] [--count N] [--pack FILE]`.

`pages`   turns pages at random while the tree for assistive technology is read: nothing fails, no part is made anew
          after the first round, memory stays bounded.
`damage`  opens damaged copies of the pack: every page is shown as it is in the whole one, or says that it cannot be.
`monkey`  presses keys, clicks and types at random: nothing fails, and the window still answers.

Run it with the Python of `.venv`. It ends with 1 and one line a fault.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import resource
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from build_scripts.standard_pack import STANDARD_PACK
from content_pack import open_pack
from ilsy_desktop.app import Application, make_application
from ilsy_desktop.domain import texts
from ilsy_desktop.domain.arguments import read
from ilsy_desktop.domain.preferences import TEXT_PERCENTS
from ilsy_desktop.domain.routes import WORDS, parse
from ilsy_desktop.host.logs import LOG
from ilsy_desktop.pictures import PageMissingError, visit
from ilsy_desktop.shell.window import reading_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QAccessibleInterface

COUNTS = {"pages": 500, "damage": 200, "monkey": 5000}
GROWS_AT_MOST_KB = 30_000
PAGE = 4096
SAMPLE = 12  # pages that are looked at in each damaged pack
CALM = (texts.unreadable("").title, texts.NO_LIBRARY)
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape, Qt.Key.Key_Slash, Qt.Key.Key_F1,
)  # fmt: skip
SHORTCUTS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home)
SEARCHES = ("huddle", "fishbown", "dose", '"*', "t89", "late start", " ")


class Faults(logging.Handler):
    """What went wrong: each record of the program's log that is an error, and what a run adds."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(" ".join(self.format(record).split())[-400:])


@contextmanager
def open_program(pack: Path) -> Iterator[Application]:
    """The program with a pack and without a profile, its window shown."""
    hook = sys.excepthook
    program = Application(read(["--pack", str(pack), "--scheme", "light"]), None)
    program.window.show()
    QApplication.processEvents()
    try:
        yield program
    finally:
        sys.excepthook = hook
        program.library.close()
        program.window.close()
        program.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def routes_of(pack_file: Path) -> list[str]:
    """Every page of the program and of a pack, a search and paper among them."""
    with open_pack(pack_file) as pack:
        items = pack.items()
    printed = [f"print/{item.slug}" for item in items if item.kind in ("tool", "material")]
    return [*sorted(WORDS), *(f"{item.kind}/{item.slug}" for item in items), *printed[:10], "search?q=test"]


def pages(pack: Path, seed: int, count: int) -> list[str]:
    """Turn pages; what went wrong, in words."""
    rng, faults, every = random.Random(seed), _listen(), routes_of(pack)  # noqa: S311 - a choice, not a secret
    with open_program(pack) as program:
        _round(program, every)
        made, memory = program.window.pool.made, _memory_kb()
        for number in range(count):
            route = rng.choice(every)
            visit(program.navigator, parse(route))
            _read(QAccessible.queryAccessibleInterface(program.window))
            if _headings(program)[:1] == [texts.PAGE_FAILED.title]:
                faults.found.append(f"page {number}, {route}: it could not be shown")
        if program.window.pool.made != made:
            faults.found.append(f"{program.window.pool.made - made} parts were made after the first round")
        if _memory_kb() - memory > GROWS_AT_MOST_KB:
            faults.found.append(f"memory grew by {_memory_kb() - memory} kB in {count} pages")
    return _stop(faults)


def _round(program: Application, every: list[str]) -> None:
    for route in every:
        visit(program.navigator, parse(route))
        _read(QAccessible.queryAccessibleInterface(program.window))


def damage(pack: Path, seed: int, count: int) -> list[str]:
    """Open damaged copies; what was shown changed, or could not be shown calmly."""
    every, whole, found = routes_of(pack), pack.read_bytes(), []
    with open_program(pack) as program:
        truth = {route: shown for route in every for shown in [_shown(program, route)]}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "damaged.ilsypack"
        for case in range(count):
            rng = random.Random(f"{seed} {case}")  # noqa: S311 - damage, not secrets
            copy.write_bytes(damaged(whole, rng))
            with open_program(copy) as program:
                for route in rng.sample(every, min(SAMPLE, len(every))):
                    found += [f"case {case}, {route}: {fault}" for fault in _changed(program, route, truth[route])]
    return found


def damaged(whole: bytes, rng: random.Random) -> bytes:
    """A pack with bits flipped, cut off, or with a page of zeros or of other bytes of it."""
    data, page = bytearray(whole), rng.randrange(len(whole) // PAGE) * PAGE
    kind = rng.randrange(5)
    if kind == 0:
        del data[rng.randrange(len(data)) :]
    elif kind == 1:
        data[page : page + PAGE] = bytes(PAGE)
    elif kind == 2:
        other = rng.randrange(len(whole) // PAGE) * PAGE
        data[page : page + PAGE] = whole[other : other + PAGE]
    else:
        for _ in range(rng.choice((1, 1, 50))):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def _changed(program: Application, route: str, truth: str) -> list[str]:
    try:
        shown = _shown(program, route)
    except PageMissingError as error:
        return [str(error)]
    heading = _headings(program)[:1]
    if heading == [texts.PAGE_FAILED.title]:
        return ["the program failed"]
    calm = bool(heading) and heading[0] in CALM
    return [] if calm or shown == truth else ["other words are shown than the whole pack has"]


def monkey(pack: Path, seed: int, count: int) -> list[str]:
    """Use the window without thinking; what went wrong, in words."""
    rng, faults = random.Random(seed), _listen()  # noqa: S311 - whims, not secrets
    with open_program(pack) as program:
        whims: list[Callable[[Application, random.Random], None]] = [_press, _press, _press, _click, _type, _wish]
        for _ in range(count):
            rng.choice(whims)(program, rng)
            QApplication.processEvents()
        visit(program.navigator, parse("home"))
        if len(_headings(program)) < 2:
            faults.found.append("home does not stand at the end")
    return _stop(faults)


def _press(program: Application, rng: random.Random) -> None:
    target = QApplication.focusWidget() or program.window
    if rng.random() < 0.15:
        QTest.keyClick(target, rng.choice(SHORTCUTS), Qt.KeyboardModifier.AltModifier)
    else:
        QTest.keyClick(target, rng.choice(KEYS))


def _click(program: Application, rng: random.Random) -> None:
    area = program.window.rect()
    point = QPoint(rng.randrange(area.width()), rng.randrange(area.height()))
    widget = program.window.childAt(point)
    if widget is not None and widget is not program.window.header.menu:  # an open menu would wait for an answer
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.mapFrom(program.window, point))


def _type(program: Application, rng: random.Random) -> None:
    program.window.header.search.setFocus()
    QTest.keyClicks(program.window.header.search, rng.choice(SEARCHES))


def _wish(program: Application, rng: random.Random) -> None:
    wish = rng.randrange(3)
    if wish == 0:
        program.preferences.set_text_percent(rng.choice(TEXT_PERCENTS))
    elif wish == 1:
        program.preferences.set_scheme(rng.choice(("light", "dark", "contrast")))
    else:
        program.window.resize(rng.choice((640, 1024, 1366, 1920)), rng.choice((480, 768, 1080)))


def _shown(program: Application, route: str) -> str:
    """Every word of a page."""
    visit(program.navigator, parse(route))
    return "\n".join(_words(part) for part in reading_order(program.window.canvas))


def _words(part: QWidget) -> str:
    return str(getattr(part, "node_name", "")) or part.accessibleName()


def _headings(program: Application) -> list[str]:
    role = QAccessible.Role.Heading
    parts = reading_order(program.window.canvas)
    return [_words(part) for part in parts if getattr(part, "node_role", None) == role]


def _read(node: QAccessibleInterface) -> int:
    """Read a tree as a screen reader does; how many nodes it has."""
    node.text(QAccessible.Text.Name)
    children = (node.child(number) for number in range(node.childCount()))
    return 1 + sum(_read(child) for child in children if child is not None)


def _memory_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _listen() -> Faults:
    faults = Faults()
    LOG.addHandler(faults)
    return faults


def _stop(faults: Faults) -> list[str]:
    LOG.removeHandler(faults)
    return faults.found


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="soak.py", description="Long runs of the window, seeded.")
    parser.add_argument("run", choices=COUNTS)
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="[1]")
    parser.add_argument("--count", type=int, metavar="N", help=f"how many {COUNTS}")
    parser.add_argument("--pack", type=Path, default=STANDARD_PACK, metavar="FILE", help="[build/standard.ilsypack]")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QAccessible.setActive(chosen.run == "pages")
    LOG.addHandler(logging.NullHandler())
    LOG.propagate = False
    application = make_application()
    application.setQuitOnLastWindowClosed(False)
    count = COUNTS[chosen.run] if chosen.count is None else chosen.count
    found = {"pages": pages, "damage": damage, "monkey": monkey}[chosen.run](chosen.pack, chosen.seed, count)
    for fault in found:
        print(fault)
    print(f"{chosen.run}: {count} with seed {chosen.seed}, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
