"""The lane: one worker, the newest answer only, and none to anyone who is gone."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from ilsy_desktop.services.lanes import Lane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def lane(qapp: object) -> Iterator[Lane]:
    lane = Lane("trial")
    yield lane
    lane.stop()


class Gate:
    """A job that is under way until it is let go."""

    def __init__(self) -> None:
        self.begun, self.free = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        assert self.free.wait(10)
        return "late"


def fails(error: Exception) -> None:
    raise AssertionError(error)


def test_an_answer_comes_back_in_the_thread_of_the_window(lane: Lane, qtbot: QtBot) -> None:
    threads: list[str] = []
    done: list[str] = []

    def job() -> str:
        threads.append(threading.current_thread().name)
        return "answer"

    def then(answer: str) -> None:
        done.append(answer)
        threads.append(threading.current_thread().name)

    lane.run("page", job, lane, then, fails)
    qtbot.waitUntil(lambda: done == ["answer"])
    assert threads[0].startswith("trial")
    assert threads[1] == threading.main_thread().name


def test_only_the_newest_answer_of_a_topic_is_given(lane: Lane, qtbot: QtBot) -> None:
    gate, answers, run = Gate(), list[str](), list[str]()

    def job(name: str) -> str:
        run.append(name)
        return name

    lane.run("page", gate, lane, answers.append, fails)
    assert gate.begun.wait(10)
    for name in ("one", "two", "three"):
        lane.run("page", partial(job, name), lane, answers.append, fails)
    lane.run("other", lambda: "of another topic", lane, answers.append, fails)
    gate.free.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == ["three", "of another topic"]
    assert run == ["three"], "what nobody waits for any more is not done"


def test_nobody_who_is_gone_gets_an_answer(lane: Lane, qtbot: QtBot) -> None:
    gate, answers = Gate(), list[str]()
    owner = QObject()
    lane.run("page", gate, owner, answers.append, fails)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    gate.free.set()
    lane.run("after", lambda: "to someone who is there", lane, answers.append, fails)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["to someone who is there"]


def test_a_failure_is_told_and_the_next_job_runs(lane: Lane, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    answers: list[int] = []

    def broken() -> int:
        raise ValueError("broken")

    lane.run("page", broken, lane, answers.append, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "broken"
    lane.run("page", lambda: 1, lane, answers.append, fails)
    qtbot.waitUntil(lambda: answers == [1])


def test_stopping_ends_the_worker_and_gives_no_answer_afterwards(qtbot: QtBot) -> None:
    lane, gate, answers = Lane("ended"), Gate(), list[str]()
    lane.run("page", gate, lane, answers.append, fails)
    lane.run("page", lambda: "never", lane, answers.append, fails)
    gate.free.set()
    lane.stop()
    QCoreApplication.processEvents()
    assert answers == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ended")]
