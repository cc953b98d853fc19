"""A test of the interface leaves nothing behind: no thread, no top-level widget, no running timer."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from shiboken6 import Shiboken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

THREAD_ENDS_WITHIN_S = 1.0
KEPT_BY_QT = frozenset({"QTipLabel"})  # the one tool tip, made at first use


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    before = _Living(qapp)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = _Living(qapp).since(before)
    if left:
        gc.collect()  # what waits in a cycle of references is not left behind
        left = _Living(qapp).since(before)
    if left:
        pytest.fail(f"left behind: {'; '.join(left)}")


class _Living:
    """What is alive at one moment. Objects are told apart by their addresses in C++."""

    def __init__(self, application: QApplication) -> None:
        self._threads = set(threading.enumerate())
        self._others = {Shiboken.getCppPointer(thing)[0]: name for name, thing in _objects(application)}

    def since(self, before: _Living) -> list[str]:
        """What lives now and did not live then. Threads may take a moment to end."""
        threads = list(self._threads - before._threads)
        for thread in threads:
            thread.join(THREAD_ENDS_WITHIN_S)
        names = [f"thread {thread.name}" for thread in threads if thread.is_alive()]
        return names + [name for key, name in self._others.items() if key not in before._others]


def _objects(application: QApplication) -> Iterator[tuple[str, QObject]]:
    for widget in application.topLevelWidgets():
        kind = type(widget).__name__
        if kind not in KEPT_BY_QT:
            yield f"top-level widget {kind} “{widget.objectName() or widget.windowTitle()}”", widget
    for timer in application.findChildren(QTimer):
        yield f"timer of {timer.interval()} ms", timer
    kinds: set[type] = {QTimer, QThread, *QTimer.__subclasses__(), *QThread.__subclasses__()}
    for thing in (thing for thing in gc.get_objects() if type(thing) in kinds):
        if isinstance(thing, QTimer) and Shiboken.isValid(thing) and thing.isActive():
            yield f"timer of {thing.interval()} ms", thing
        elif isinstance(thing, QThread) and Shiboken.isValid(thing) and thing.isRunning():
            yield f"thread {type(thing).__name__}", thing
