"""A lane: one worker thread for one kind of slow work, whose answers come back in the GUI thread."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable


class Lane(QObject):
    """Runs jobs one after another in a thread of its own.

    A job belongs to an owner and a topic: only the answer to the newest job of a topic is delivered,
    and none is once the owner is gone.
    """

    _answered = Signal(int, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._number = 0
        self._jobs: list[Future[None]] = []
        self._newest: dict[str, int] = {}
        self._waiting: dict[int, tuple[str, QObject, Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._answered.connect(self._deliver)

    def run(
        self,
        topic: str,
        job: Callable[[], Any],
        owner: QObject,
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `job` in the lane; call `then` with its result or `failed` with its exception."""
        self._number += 1
        number = self._number
        self._newest[topic] = number
        self._waiting[number] = (topic, owner, then, failed)
        self._jobs = [earlier for earlier in self._jobs if not earlier.done()]
        self._jobs.append(self._executor.submit(self._work, topic, number, job))

    def stop(self) -> None:
        """Let the running job end and forget the others."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._waiting.clear()

    def leave(self, patience: float) -> None:
        """As `stop`, but wait at most `patience` seconds for the running job, which may hang in the network."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        wait(self._jobs, patience)
        self._waiting.clear()

    def _work(self, topic: str, number: int, job: Callable[[], Any]) -> None:
        if self._newest.get(topic) != number:
            return
        try:
            result, error = job(), None
        except Exception as raised:  # noqa: BLE001 - a named edge: nothing may vanish in the worker
            result, error = None, raised
        if isValid(self):
            self._answered.emit(number, result, error)

    def _deliver(self, number: int, result: Any, error: Exception | None) -> None:
        waiting = self._waiting.pop(number, None)
        if waiting is None:
            return
        for older in [n for n in self._waiting if n < number]:
            del self._waiting[older]
        topic, owner, then, failed = waiting
        if self._newest.get(topic) != number or not isValid(owner):
            return
        if error is None:
            then(result)
        else:
            failed(error)
