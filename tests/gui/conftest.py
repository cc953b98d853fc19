"""One program for the whole folder, a person who uses it, and a program of one's own for tests that break it."""

from __future__ import annotations

import gc
import shutil
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from driving import Visitor, read_arguments
from leak_checks import nothing_left_behind
from PySide6.QtCore import QCoreApplication, QEvent

from content_pack.build.commands import Wish, build
from ilsy_desktop.app import Application, make_application
from ilsy_desktop.domain import routes
from ilsy_desktop.pictures import visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from ilsy_desktop.host.single import FirstInstance

__all__ = ["nothing_left_behind"]
SMALL = Path(__file__).parents[1] / "data" / "content-small"


@pytest.fixture(scope="session", autouse=True)
def _collected_in_this_thread_alone() -> Iterator[None]:
    """As in the program: a window's widgets must not be freed by a thread that happens to collect garbage."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _reading_opens_no_network_socket(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test of the window runs so, but for those of a PC that follows a feed."""
    if "ward" in request.fixturenames:
        return
    open_socket = socket.socket.__init__

    def refuse(wire: socket.socket, family: int = -1, *more: object, **named: object) -> None:
        assert family == socket.AF_UNIX, "reading opened a network socket"
        open_socket(wire, family, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "__init__", refuse)


@pytest.fixture(scope="session")
def standard_pack(standard_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, so that program and tests see the same pack even where it is built anew meanwhile."""
    return Path(shutil.copy(standard_pack, tmp_path_factory.mktemp("standard")))


@pytest.fixture(scope="session")
def small_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of few pages, one of them planned and one withdrawn. Tests read it and leave it as it is."""
    target = tmp_path_factory.mktemp("small") / "small.ilsypack"
    build(Wish(SMALL, target, cached=False))
    return target


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application object as the program makes it, with its typeface and accessible nodes."""
    return make_application()


@pytest.fixture(scope="session")
def program(qapp: QApplication, standard_pack: Path) -> Iterator[Application]:
    """The program with the standard pack and no profile. Its window and its lane outlive every test."""
    hook = sys.excepthook
    program = Application(read_arguments("--pack", str(standard_pack), "--scheme", "light"), None)
    program.window.show()
    for route in ("tools", "print/pdsa-worksheet"):  # lane and controls of the print page
        visit(program.navigator, routes.parse(route))
    sys.excepthook = hook
    yield program
    close(program)


@pytest.fixture
def visitor(qtbot: QtBot, program: Application) -> Visitor:
    """Someone at the first page of the shared program, in a window of 1366 by 768 with the usual look."""
    visitor = Visitor(program, qtbot)
    program.preferences.set_text_percent(100)
    program.preferences.set_scheme("light")
    visitor.resize(1366, 768)
    visitor.come()
    program.window.header.search.clear()
    visitor.open("home")
    return visitor


class Start(Protocol):
    """Starts a program of one's own; the arguments are those of the command line."""

    def __call__(self, *arguments: str, profile: Path | None = None, first: FirstInstance | None = None) -> Visitor: ...


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    """Starts programs that are ended after the test; what they catch does not fail it."""
    started: list[Application] = []
    hook = sys.excepthook

    def begin(*arguments: str, profile: Path | None = None, first: FirstInstance | None = None) -> Visitor:
        started.append(Application(read_arguments(*arguments), profile, first))
        visitor = Visitor(started[-1], qtbot)
        visitor.come()
        return visitor

    yield begin
    sys.excepthook = hook
    for program in started:
        close(program)
    started.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def close(program: Application) -> None:
    """End a program and let its window be deleted."""
    program.updates.close()
    program.library.close()
    program.window.close()
    program.window.deleteLater()
