"""The open pack, in a lane of its own: pages ask, answers come back in the GUI thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from content_pack import Pack, PackError
from ilsy_desktop.host.logs import LOG
from ilsy_desktop.host.packs import open_first

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ilsy_desktop.host.packs import PackChoice
    from ilsy_desktop.services.lanes import Lane

Result = TypeVar("Result")


class NoLibraryError(Exception):
    """No pack could be opened; the message is the reader's sentence."""


class LibraryService(QObject):
    """Reads the best pack there is. The connection lives in the lane from the first question to `close`.

    Once another pack is the best, the next question is put to that one: `opened` then carries its date.
    """

    opened = Signal(str)

    def __init__(self, choice: PackChoice) -> None:
        super().__init__()
        self._choice = choice
        self._state: tuple[object, ...] = ()
        self._path: Path | None = None
        self._lane: Lane | None = None
        self._pack: Pack | None = None

    def ask(
        self,
        topic: str,
        question: Callable[[Pack], Result],
        owner: QObject,
        then: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Put a question to the pack. A newer question of the same topic makes this one's answer void."""
        if self._lane is None:
            from ilsy_desktop.services.lanes import Lane  # noqa: PLC0415 - start-up: home needs no thread

            self._lane = Lane("pack", self)
        self._lane.run(topic, partial(self._answer, question), owner, then, failed)

    @property
    def path(self) -> Path | None:
        """The file that is open; to be asked in the lane, within a question."""
        return self._path

    def reopen(self) -> None:
        """Forget the open file, so that the next question reads it anew."""
        if self._lane is not None:
            self._lane.run("reopen", self._let_go, self, _nothing, _nothing)

    def close(self) -> None:
        """End the lane and close the file."""
        if self._lane is not None:
            self._lane.stop()
        self._let_go()

    def _answer(self, question: Callable[[Pack], Result]) -> Result:
        state = self._choice.state()
        pack = self._pack
        if pack is None or state != self._state:
            self._state = state
            pack = self._best(pack)
        return question(pack)

    def _best(self, open_one: Pack | None) -> Pack:
        """Open the best pack; where none opens, the one that is open already goes on being read."""
        paths = self._choice.candidates()
        if open_one is not None and paths[0] == self._path:
            return open_one
        try:
            path, pack = open_first(paths)
        except PackError as error:
            if open_one is None:
                raise NoLibraryError(str(error)) from error
            return open_one
        self._let_go()
        self._path, self._pack = path, pack
        LOG.info("reading the library of %s", path.name)
        self.opened.emit(pack.info.dated)
        return pack

    def _let_go(self) -> None:
        pack, self._pack = self._pack, None
        if pack is not None:
            pack.close()


def _nothing(_: object) -> None:
    """An answer that nobody waits for."""
