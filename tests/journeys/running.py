"""Start the real program as a process, with folders of its own, and look at what it leaves."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
ENDS_WITHIN_S = 50  # what DESIGN allows the self-test
WITHOUT_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def command(*arguments: str | Path) -> list[str]:
    """The command line of the program in this environment."""
    return [sys.executable, "-m", "ilsy_desktop", *map(str, arguments)]


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """An environment without a display in which everything personal lies below `home`."""
    kept = {name: value for name, value in os.environ.items() if name not in WITHOUT_DISPLAY}
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
    return {**kept, **own, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **more}


def run(*arguments: str | Path, env: Mapping[str, str], cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run(
        command(*arguments), env=dict(env), cwd=cwd, capture_output=True, text=True, check=False, timeout=ENDS_WITHIN_S
    )


@contextmanager
def running(*arguments: str | Path, env: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The program while it runs; it is ended afterwards."""
    pipe = subprocess.PIPE
    words = command(*arguments)
    with subprocess.Popen(words, env=dict(env), cwd=ROOT, text=True, stdout=pipe, stderr=pipe) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=ENDS_WITHIN_S)


def until(condition: Callable[[], object], words: str) -> None:
    """Wait for something that another process does; `words` say what."""
    end = time.monotonic() + ENDS_WITHIN_S
    pause = 0.01
    while not condition():
        assert time.monotonic() < end, f"{words}: waited {ENDS_WITHIN_S} s"
        time.sleep(pause)


def one_line(text: str) -> str:
    """The one line of an output; a traceback or a second line fails the test."""
    lines = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]


def assert_quiet(text: str, lines: int = 1) -> None:
    """At most so many lines, and none of them for programmers."""
    assert "Traceback" not in text
    assert len(text.splitlines()) <= lines, text


def log_of(profile: Path) -> str:
    """What stands in the log, "" before there is one."""
    file = profile / "logs" / "ilsy.log"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def make_store(folder: Path, pack: Path) -> Path:
    """A store with one installed pack."""
    folder.mkdir()
    sha256 = hashlib.sha256(pack.read_bytes()).hexdigest()
    shutil.copy(pack, folder / f"{sha256}.ilsypack")
    (folder / "current.json").write_text(json.dumps({"sha256": sha256}), encoding="utf-8")
    return folder
