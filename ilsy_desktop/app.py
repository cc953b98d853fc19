"""Builds the application: everything is made here, once, and passed in."""
# ruff: noqa: PLC0415 - start-up: what the first page does not need is loaded after it is painted

from __future__ import annotations

import gc
import logging
import sys
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from content_pack import PackError
from ilsy_desktop.domain import routes, texts
from ilsy_desktop.domain.preferences import SYSTEM, Preferences
from ilsy_desktop.host.logs import LOG, catch_exceptions, start_log
from ilsy_desktop.host.packs import PackChoice, open_first
from ilsy_desktop.host.paths import builtin_pack, profile_folder, store_folders, writable
from ilsy_desktop.services.contents import MessageContent, read_home
from ilsy_desktop.services.library import LibraryService
from ilsy_desktop.services.preferences import PreferencesService
from ilsy_desktop.shell.navigator import Navigator
from ilsy_desktop.shell.page_table import PageTable
from ilsy_desktop.shell.window import Window
from ilsy_desktop.widgets.fonts import load_fonts
from ilsy_desktop.widgets.look import Look

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QMessageLogContext
    from PySide6.QtGui import QAccessibleInterface

    from ilsy_desktop.domain.arguments import Arguments
    from ilsy_desktop.domain.routes import Route
    from ilsy_desktop.host.single import FirstInstance
    from ilsy_desktop.pages.updates import UpdatesPage
    from ilsy_desktop.services.updates import UpdatesService
    from ilsy_desktop.shell.updating import UpdateDesk

VERSION = "0.3.0"
DONE, FAILED, NO_DISPLAY = 0, 1, 3


def start(arguments: Arguments) -> int:
    """Run the application until its window is closed; the result is the process's exit code."""
    profile = profile_folder(arguments.profile)
    kept = writable(profile)
    start_log(profile if kept else None)
    qInstallMessageHandler(_qt_said)
    application = make_application()
    first = None if arguments.alone or not kept else _first(profile)
    if first is not None and not first.is_first():
        if first.hand_over(str(arguments.open)):
            sys.stderr.write(texts.ALREADY_OPEN + "\n")
            return DONE
        first = None  # the window that holds the lock does not answer, so this one opens beside it
    app = Application(arguments, profile if kept else None, first)
    if not kept:
        sentence = texts.PROFILE_NOT_KEPT.format(path=profile)
        sys.stderr.write(f"ilsy: {sentence}\n")
        app.window.say(sentence)
    if arguments.self_test:
        from ilsy_desktop.self_test import run_self_test

        wanted = app.main_routes()
        return app.close_with(run_self_test(app.window, app.navigator, wanted, app.pack_problem))
    if arguments.pictures:
        from ilsy_desktop.pictures import save_pictures

        folder, wanted = arguments.pictures, list(arguments.routes) or app.main_routes()
        return app.close_with(save_pictures(app.window, app.navigator, folder, wanted))
    app.window.show()
    code = application.exec()
    return app.close_with(code)


def make_application() -> QApplication:
    """The QApplication with our face and our accessible nodes."""
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("ilsy")
    application.setApplicationDisplayName(texts.NAME)
    application.setDesktopFileName("ilsy")
    if not load_fonts():
        LOG.error("the shipped fonts could not be loaded")
    QAccessible.installFactory(_node)
    return application


def _node(name: str, thing: QObject) -> QAccessibleInterface | None:
    from ilsy_desktop.widgets.nodes import node_of

    return node_of(name, thing)


def _first(profile: Path) -> FirstInstance:
    from ilsy_desktop.host.single import FirstInstance

    return FirstInstance(profile)


class Application(QObject):
    """The parts of the running program, joined."""

    def __init__(self, arguments: Arguments, profile: Path | None, first: FirstInstance | None = None) -> None:
        super().__init__()
        self._arguments = arguments
        self._first, self._profile = first, profile
        stores = store_folders(arguments.store, profile_folder(arguments.profile))
        choice = self._choice = PackChoice(arguments.pack, stores, builtin_pack())
        self.pack_paths = choice.candidates()
        self.pack_problem = ""
        self.preferences = PreferencesService(profile / "preferences.json" if profile else None, _given(arguments))
        chosen = self.preferences.current
        self.look = Look(chosen.scheme, chosen.text_percent)
        self.window = Window(self.look)
        if arguments.size:
            self.window.resize(*arguments.size)
        self.library = LibraryService(choice)
        self.library.opened.connect(self.window.footer.set_dated)
        pages = PageTable(self.window, self.preferences, VERSION, self._update_desk)
        self.navigator = Navigator(self.window, self.library, self.preferences, pages, log_failure)
        catch_exceptions(self.navigator.show_failure)
        self._show_first()
        self.window.area.painted.connect(self._after_first_paint)

    def _show_first(self) -> None:
        """Read the first page before the window is shown, through a connection of its own."""
        try:
            path, opened = open_first(self.pack_paths)
            with opened as pack:
                self.pack_paths = (path,)
                self.window.footer.set_dated(pack.info.dated)
                content = read_home(pack) if self._arguments.open == routes.HOME else None
        except PackError as error:
            LOG.error("no library: %s", error)
            self.pack_problem = str(error)
            message = MessageContent(texts.no_library(str(error)))
            self.navigator.show_first(routes.HOME, message)
            return
        if content is not None:
            self.navigator.show_first(routes.HOME, content)
        else:
            self.navigator.open(str(self._arguments.open))

    @cached_property
    def updates(self) -> UpdatesService:
        """What looks after newer libraries; not before the first paint."""
        from ilsy_desktop.host.feed import feed_settings
        from ilsy_desktop.services.updates import UpdatesService

        feed = feed_settings(self._arguments.policy)
        if feed.problem:
            LOG.error("updates: %s", feed.problem)
        return UpdatesService(self._choice, feed, self._profile / "proved.json" if self._profile else None)

    def _update_desk(self, page: UpdatesPage) -> UpdateDesk:
        from ilsy_desktop.shell.updating import UpdateDesk

        return UpdateDesk(page, self.window, self.library, self.updates, self._choice)

    def main_routes(self) -> list[Route]:
        """What a walk without a person visits: the main pages that this pack has, home alone without a pack."""
        from ilsy_desktop.pictures import main_routes

        try:
            return main_routes(self.pack_paths[0])
        except PackError:
            return [routes.HOME]

    def _after_first_paint(self) -> None:
        if self._arguments.exit_after_paint:
            self._report_and_quit()
            return
        self.navigator.arrived.connect(_collect)
        self.updates.changed.connect(_collect)
        self.window.make_actions()
        QApplication.styleHints().colorSchemeChanged.connect(self.navigator.follow_system)
        LOG.info("started %s with the library of %s", VERSION, self.pack_paths[0].name)
        if self._first is not None:
            self._first.asked.connect(self._asked)
            self._first.listen()
        if self._arguments.watch:
            self._watch()
        if not (self._arguments.self_test or self._arguments.pictures):
            self.updates.start()

    def _report_and_quit(self) -> None:
        target = self._arguments.loaded_modules
        if target:
            target.write_text("\n".join(sorted(sys.modules)), "utf-8")
        QApplication.quit()

    def _asked(self, route: str) -> None:
        minimized = Qt.WindowState.WindowMinimized
        self.window.setWindowState(self.window.windowState() & ~minimized | Qt.WindowState.WindowActive)
        self.window.raise_()
        self.window.activateWindow()
        self.navigator.open(route)

    def _watch(self) -> None:
        from PySide6.QtCore import QFileSystemWatcher

        path = self.pack_paths[0]
        self._watcher = QFileSystemWatcher([str(path.parent), str(path)], self)
        self._watcher.directoryChanged.connect(self._pack_changed)
        self._watcher.fileChanged.connect(self._pack_changed)

    def _pack_changed(self) -> None:
        path = self.pack_paths[0]
        if path.exists():
            if str(path) not in self._watcher.files():
                self._watcher.addPath(str(path))
            self.library.reopen()
            self.navigator.read_again()

    def close_with(self, code: int) -> int:
        """Let go of everything and give the exit code back."""
        if "updates" in self.__dict__:
            self.updates.close()
        self.library.close()
        self.window.close()
        if self._first is not None:
            self._first.close()
        logging.shutdown()
        return code


def _collect() -> None:
    """Free what nobody needs, in the GUI thread alone.

    Python's own collector runs in whichever thread allocates, and a widget that is freed in a lane's thread
    corrupts the heap. So it is off from the start, and this takes its place with its own thresholds.
    """
    counts, limits = gc.get_count(), gc.get_threshold()
    full = [generation for generation in range(3) if counts[generation] > limits[generation]]
    if full:
        gc.collect(full[-1])


def _given(arguments: Arguments) -> Preferences | None:
    """The look that the command line asks for, which is then not kept."""
    if arguments.scheme is None and arguments.text is None:
        return Preferences(scheme="light") if arguments.pictures or arguments.self_test else None
    return Preferences(arguments.text or 100, arguments.scheme or SYSTEM)


def log_failure(error: Exception) -> None:
    """Put a failure that a page will speak of into the log."""
    LOG.error("reading failed: %s", error, exc_info=error)


def _qt_said(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Qt's own words go to the log; the fatal one becomes a sentence instead of a core dump."""
    if kind == QtMsgType.QtFatalMsg:
        import os

        sys.stderr.write("ilsy: no screen can be opened here. Start it on a PC with a screen.\n")
        os._exit(NO_DISPLAY)
    if "propagateSizeHints" not in text:
        LOG.warning("Qt: %s", text)
