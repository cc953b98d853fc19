"""What the updates page offers to do, joined to the service that does it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from ilsy_desktop.pages.updates import Means, said
from ilsy_desktop.services.update_contents import read_updates

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_pack import Pack
    from ilsy_desktop.host.packs import PackChoice
    from ilsy_desktop.pages.parts import BuiltPage
    from ilsy_desktop.pages.updates import UpdatesPage
    from ilsy_desktop.services.contents import UpdatesContent
    from ilsy_desktop.services.library import LibraryService
    from ilsy_desktop.services.updates import UpdatesService
    from ilsy_desktop.shell.window import Window
    from ilsy_desktop.widgets.boxes import Box

TOLD_AT = 4  # parts of a download after which assistive technology is told


class UpdateDesk(QObject):
    """Acts for the updates page. `built_anew` asks for the page again, `read_anew` for its content too."""

    built_anew = Signal()
    read_anew = Signal()

    def __init__(
        self, page: UpdatesPage, window: Window, library: LibraryService, updates: UpdatesService, choice: PackChoice
    ) -> None:
        super().__init__(window)
        self._page, self._window, self._library, self._updates, self._choice = page, window, library, updates, choice
        self._built: BuiltPage | None = None
        self._changes_open = False
        self._told: object = None
        self.actions: dict[str, Callable[[], None]] = {
            "update-check": updates.check_now,
            "update-cancel": updates.cancel,
            "update-import": self._ask,
            "update-back": updates.go_back,
            "update-forward": updates.go_forward,
            "update-changes": self._toggle,
        }
        updates.changed.connect(self._changed)
        updates.moved.connect(self._moved)

    @property
    def stands(self) -> bool:
        """Whether the updates page is what the window shows."""
        return self._built is not None and self._window.page is self._built

    def read(self, pack: Pack) -> UpdatesContent:
        """In the lane of the library: what the page shows."""
        return read_updates(pack, self._choice, self._library.path or self._choice.builtin, self._updates.store)

    def build(self, canvas: Box, content: UpdatesContent) -> BuiltPage:
        """Fill the canvas with the page."""
        feed = self._updates.feed
        means = Means(bool(feed.url), feed.root is not None, bool(feed.problem))
        self._built = self._page.build(canvas, content, self._updates.activity, means, self._changes_open)
        return self._built

    def import_from(self, folder: str) -> None:
        """Take a newer library from this folder."""
        self._updates.import_from(Path(folder))

    def _ask(self) -> None:
        """Ask for the stick in a dialog that does not block the window."""
        dialog = QFileDialog(self._window, "Import from USB stick or folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.import_from)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _toggle(self) -> None:
        self._changes_open = not self._changes_open
        self.built_anew.emit()

    def _changed(self) -> None:
        if not self.stands:
            return
        if self._updates.busy:
            self.built_anew.emit()
            self._tell()
        else:
            self._window.announce(said(self._updates.activity))
            self.read_anew.emit()

    def _moved(self) -> None:
        if self.stands:
            words = self._page.show_progress(self._updates.activity)
            self._window.settle()
            now = self._updates.activity
            quarter = (now.step, TOLD_AT * now.done // now.total if now.total else 0)
            if quarter != self._told:
                self._told = quarter
                self._window.announce(words)

    def _tell(self) -> None:
        self._told = None
        self._moved()
