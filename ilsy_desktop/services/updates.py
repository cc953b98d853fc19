"""Updates for the window: one run at a time on a lane of its own, told by signals, stopped at once when asked."""
# ruff: noqa: PLC0415 - start-up: the network and what needs it are loaded on the sync lane

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from ilsy_desktop.domain import update_texts
from ilsy_desktop.domain.feed_settings import is_web
from ilsy_desktop.host.logs import LOG
from ilsy_desktop.host.paths import written_store

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from ilsy_desktop.domain.feed_settings import FeedSettings
    from ilsy_desktop.host.packs import PackChoice
    from ilsy_desktop.services.lanes import Lane
    from sync.cancel import Cancel
    from sync.update import Progress, Result

RUN, PROOF = "run", "proof"
TELL_EVERY_S = 0.1
PROVE_AFTER_MS = 3000  # after the first paint, so that the first clicks have the PC to themselves
ENDS_WITHIN_S = 1.0
LONGEST_WAIT_MS = 24 * 3600 * 1000


class Activity(NamedTuple):
    """What goes on. `step` is "" while nothing does; then `ended` says how the last run ended, "" before the first."""

    step: str = ""
    done: int = 0
    total: int = 0
    ended: str = ""
    tampered: bool = False
    folder: bool = False
    failure: str = ""


NOTHING = Activity()


class UpdatesService(QObject):
    """`changed` follows the start and the end of a run, `moved` each step in between.

    `feed` says where libraries come from; `mark` is the file that remembers which pack was proved, None where
    nothing can be kept.
    """

    changed = Signal()
    moved = Signal()
    _heard = Signal(object, object)

    def __init__(
        self,
        choice: PackChoice,
        feed: FeedSettings,
        mark: Path | None,
        random: Random | None = None,
        prove_after: int = PROVE_AFTER_MS,
    ) -> None:
        super().__init__()
        self._prove_after = prove_after
        self._choice, self.feed, self._mark, self._random = choice, feed, mark, random
        self.activity = NOTHING
        self.proved: Path | None = None  # the file that was looked at last
        self._failures = 0
        self._lane: Lane | None = None
        self._cancel: Cancel | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._check_by_itself)
        self._prover = QTimer(self)
        self._prover.setSingleShot(True)
        self._prover.timeout.connect(self._prove)
        self._heard.connect(self._hear)

    @property
    def busy(self) -> bool:
        """Whether a run is going on."""
        return self.activity.step != ""

    @property
    def store(self) -> Path | None:
        """The store that newer libraries go to; None where this login can write to none."""
        return None if self._choice.chosen else written_store(self._choice.stores)

    def start(self) -> None:
        """After the first paint: prove an installed pack once, and ask the feed now and then where one is set."""
        if self._choice.chosen:
            return
        if self._choice.candidates()[0].parent in self._choice.stores:
            self._prover.start(self._prove_after)
        if self.feed.url and self.feed.root and self.store:
            from sync.pace import first_wait

            self._wait(first_wait(self._chance()))

    def check_now(self) -> None:
        """Ask the feed for a newer library and install it."""
        self._run(self.feed.url)

    def import_from(self, folder: Path) -> None:
        """Take a newer library from a stick or folder."""
        self._run(str(folder))

    def cancel(self) -> None:
        """Stop the run. It counts as ended at once; what is in flight is let go of behind the scenes."""
        if self._cancel is not None and self.busy:
            self._cancel.set()
            self._cancel = None
            self._end(Activity(ended="cancelled"))
            self._wait_if_fed(timedelta(hours=1))

    def go_back(self) -> None:
        """Use the previous library, until somebody goes forward again."""
        self._change("back")

    def go_forward(self) -> None:
        """Use the newer library again."""
        self._change("forward")

    def close(self) -> None:
        """End a run at once and let go of the lane."""
        self._timer.stop()
        self._prover.stop()
        if self._cancel is not None:
            self._cancel.set()
            self._cancel = None
        if self._lane is not None:
            self._lane.leave(ENDS_WITHIN_S)

    def _run(self, place: str) -> None:
        if self.busy or not place:
            return
        from sync.cancel import Cancel

        self._timer.stop()
        cancel = self._cancel = Cancel()
        self.activity = Activity("waiting", folder=not is_web(place))
        job = partial(self._update, place, cancel)
        self._on_lane().run(RUN, job, self, partial(self._ended, cancel, not is_web(place)), self._broke)
        self.changed.emit()

    def _update(self, place: str, cancel: Cancel) -> Result:
        """In the lane."""
        from ilsy_desktop.services import updating

        told = (0.0, "")

        def progress(at: Progress) -> None:
            nonlocal told
            now = time.monotonic()
            if at.step != told[1] or now - told[0] >= TELL_EVERY_S:
                told = (now, at.step)
                self._heard.emit(cancel, at)

        return updating.update(self._choice, self.store, self.feed, place, cancel, progress)

    def _hear(self, cancel: Cancel, at: Progress) -> None:
        if cancel is self._cancel:
            self.activity = self.activity._replace(step=at.step, done=at.done, total=at.total)
            self.moved.emit()

    def _ended(self, cancel: Cancel, folder: bool, result: Result) -> None:
        LOG.info("sync: %s: %s", result.outcome, result.sentence)
        if cancel is not self._cancel and result.outcome != "updated":
            return  # it was stopped, and that was told already
        from sync.pace import next_wait

        self._cancel = None
        self._failures = 0 if result.outcome in update_texts.GOOD else self._failures + 1
        self._end(Activity(ended=str(result.outcome), tampered=result.tampered, folder=folder))
        self._wait_if_fed(next_wait(result.outcome, self._failures, result.retry_after, self._chance()))

    def _change(self, way: str) -> None:
        if self.busy:
            return
        from sync.cancel import Cancel

        cancel = self._cancel = Cancel()
        self.activity = Activity("changing")
        self._on_lane().run(RUN, partial(self._change_store, way, cancel), self, self._went, self._broke)
        self.changed.emit()

    def _change_store(self, way: str, cancel: Cancel) -> str:
        """In the lane; the result is a sentence where it did not work."""
        from ilsy_desktop.services import updating
        from sync.outcomes import SyncError

        try:
            if way == "back":
                updating.go_back(self._choice, self.store, cancel)
            else:
                updating.go_forward(self.store, cancel)
        except SyncError as error:
            return str(error)
        return ""

    def _went(self, failure: str) -> None:
        self._cancel = None
        self._end(Activity(failure=failure))

    def _broke(self, error: Exception) -> None:
        LOG.error("sync failed", exc_info=error)
        self._cancel = None
        self._end(Activity(ended="not-trusted"))
        self._wait_if_fed(timedelta(hours=12))

    def _end(self, activity: Activity) -> None:
        self.activity = activity
        self.changed.emit()

    def _due(self) -> timedelta:
        """In the lane: how long to wait before the feed may be asked again."""
        from ilsy_desktop.services import updating

        return updating.wait_before_next(updating.last_contact(self._choice), self._chance())

    def _broke_due(self, error: Exception) -> None:
        LOG.error("the next check could not be planned", exc_info=error)

    def _wait_if_fed(self, pause: timedelta) -> None:
        if self.feed.url and self.feed.root:
            self._wait(pause)

    def _wait(self, pause: timedelta) -> None:
        self._timer.start(min(int(pause.total_seconds() * 1000), LONGEST_WAIT_MS))

    def _check_by_itself(self) -> None:
        """In the background: only when nobody else on this PC has asked in the meantime."""
        self._on_lane().run("due", self._due, self, self._check_or_wait, self._broke_due)

    def _check_or_wait(self, pause: timedelta) -> None:
        if pause.total_seconds() > 0:
            self._wait(pause)
        else:
            self.check_now()

    def _chance(self) -> Random:
        if self._random is None:
            from random import SystemRandom

            self._random = SystemRandom()
        return self._random

    def _on_lane(self) -> Lane:
        if self._lane is None:
            from ilsy_desktop.services.lanes import Lane

            self._lane = Lane("sync", self)
        return self._lane

    def _prove(self) -> None:
        self._on_lane().run(PROOF, self._prove_in_lane, self, self._proved, self._not_proved)

    def _prove_in_lane(self) -> tuple[Path, str]:
        """In the lane: compare the installed pack with its name and with what the feed signed, once."""
        path = self._choice.candidates()[0]
        if path.parent not in self._choice.stores or self._marked() == _mark_of(path):
            return path, ""
        from ilsy_desktop.services import updating

        return path, str(updating.prove(path, self.feed))

    def _proved(self, found: tuple[Path, str]) -> None:
        path, proof = found
        self.proved = path
        if proof == "changed":
            LOG.error("%s was changed after it was installed; another library is read", path)
            self._choice.refuse(path)
        elif proof and self._mark is not None:
            with suppress(OSError):
                self._mark.write_text(json.dumps(_mark_of(path)), "utf-8")

    def _not_proved(self, error: Exception) -> None:
        LOG.error("the library could not be proved: %s", error)

    def _marked(self) -> Any:
        with suppress(OSError, ValueError):
            if self._mark is not None:
                return json.loads(self._mark.read_text("utf-8"))
        return None


def _mark_of(path: Path) -> list[object]:
    facts = path.stat()
    return [str(path), facts.st_size, facts.st_mtime_ns]
