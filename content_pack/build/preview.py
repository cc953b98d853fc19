"""Look at pages in the program while they are written: each save of a source shows in the open window."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content_pack.build.cache import cache_of_checkout
from content_pack.build.commands import Failed, Wish, build
from content_pack.build.complaints import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from content_pack.build.complaints import Complaint

PROGRAM = "ilsy"
PAUSE = 0.5  # s between two looks at the sources


def preview(folder: Path, route: str, fonts: Path | None, say: Callable[[str], None]) -> None:
    """Show the sources in a window at `route` until it is closed; `say` gets what is wrong in each build.

    Raises Failed when there is no program to show them, or its window does not open.
    """
    program = _program()
    with tempfile.TemporaryDirectory(prefix="ilsy-preview-") as name:
        pack = Path(name) / "preview.ilsypack"
        cache = cache_of_checkout(folder) or Path(name) / "cache"
        watching = _Watching(folder, Wish(folder, pack, fonts, keep_going=True, cache=cache), say)
        while not pack.exists():
            watching.look()
            time.sleep(0 if pack.exists() else PAUSE)
        with subprocess.Popen([program, "--pack", pack, "--open", route, "--watch"]) as window:  # noqa: S603 - our own program
            say(f"Save a page in {folder}, and the window shows it. Close the window to end.")
            try:
                while window.poll() is None:
                    watching.look()
                    _wait(window)
            finally:
                window.terminate()
    if window.returncode > 0:
        raise Failed(f"The window ended with exit code {window.returncode}; its own line above says why.")


def _program() -> str:
    found = shutil.which(PROGRAM, path=str(Path(sys.executable).parent)) or shutil.which(PROGRAM)
    if not found:
        raise Failed(f"The program {PROGRAM} is not installed here: pip install ilsy-desktop[editor]")
    return found


def _wait(window: subprocess.Popen[bytes]) -> None:
    try:
        window.wait(PAUSE)
    except subprocess.TimeoutExpired:
        return


@dataclass
class _Watching:
    """Builds the pack when a source has changed since the last look."""

    folder: Path
    wish: Wish
    say: Callable[[str], None]
    seen: Mapping[Path, tuple[int, int]] | None = None

    def look(self) -> None:
        """Build if there is something new, and say what is wrong in it."""
        found = sources(self.folder)
        if found == self.seen:
            return
        self.seen = found
        began = time.perf_counter()
        try:
            words, complaints = build(self.wish)
        except Refused as refused:
            self._say(refused.complaints)
            self.say("The window keeps what it had.")
            return
        self._say(complaints)
        self.say(f"Built in {time.perf_counter() - began:.1f} s: {words.partition(': ')[2]}, {_count(complaints)}.")

    def _say(self, complaints: Iterable[Complaint]) -> None:
        for complaint in complaints:
            self.say(str(complaint))


def sources(folder: Path) -> dict[Path, tuple[int, int]]:
    """Every file of the sources with its time and size; one that goes away meanwhile is left out."""
    found = {}
    for path in folder.rglob("*"):
        try:
            state = path.stat()
        except OSError:
            continue
        if path.is_file():
            found[path] = (state.st_mtime_ns, state.st_size)
    return found


def _count(complaints: list[Complaint]) -> str:
    return f"{len(complaints)} to put right" if complaints else "nothing to put right"
