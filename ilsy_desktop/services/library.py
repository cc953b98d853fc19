"""The open pack, in a lane of its own: pages ask, answers come back in the GUI thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from content_pack import Pack, PackError, open_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ilsy_desktop.services.lanes import Lane

Result = TypeVar("Result")


class NoLibraryError(Exception):
    """No pack could be opened; the message is the reader's sentence."""


class LibraryService(QObject):
    """Reads the pack at `path`. The connection lives in the lane from the first question to `close`."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
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
        if self._pack is None:
            try:
                self._pack = open_pack(self.path)
            except PackError as error:
                raise NoLibraryError(str(error)) from error
        return question(self._pack)

    def _let_go(self) -> None:
        pack, self._pack = self._pack, None
        if pack is not None:
            pack.close()


def _nothing(_: object) -> None:
    """An answer that nobody waits for."""
