"""The wish to stop, which may come from any thread at any time."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sync.outcomes import Outcome, SyncError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Cancel:
    """Set once. Loops ask `check` between two pieces of work; what blocks leaves a call that unblocks it."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._calls: list[Callable[[], None]] = []

    def set(self) -> None:
        """Ask the run to stop."""
        with self._lock:
            self._event.set()
            calls = list(self._calls)
        for call in calls:
            call()

    def is_set(self) -> bool:
        """Whether the run was asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise SyncError with the outcome CANCELLED when the run was asked to stop."""
        if self.is_set():
            raise SyncError(Outcome.CANCELLED, "The update was stopped.")

    def wait(self, seconds: float) -> bool:
        """Sleep, but wake at once when asked to stop; the result says which of the two it was."""
        return self._event.wait(seconds)

    @contextmanager
    def unblocking(self, call: Callable[[], None]) -> Iterator[None]:
        """While in the block, `set` also makes this call (in the thread of whoever cancels)."""
        self.check()
        with self._lock:
            self._calls.append(call)
        try:
            yield
        finally:
            with self._lock:
                self._calls.remove(call)
