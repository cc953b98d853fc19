"""An editor writes with the window open: each save shows in it, with what is wrong."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from running import ROOT, surroundings

from content_pack import open_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = ROOT / "tests" / "data" / "content-small"
LONGEST_S = 60
TOOL = "tools/tea-round.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@contextmanager
def previewing(folder: Path, env: dict[str, str], *more: str) -> Iterator[subprocess.Popen[str]]:
    """The preview of a folder as a process, which is ended when it takes too long."""
    command = [sys.executable, "-m", "content_pack.build.cli", "preview", str(folder), *more]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        end = threading.Timer(LONGEST_S, process.kill)
        end.start()
        try:
            yield process
        finally:
            end.cancel()
            process.kill()


def read_until(process: subprocess.Popen[str], words: str) -> list[str]:
    """The lines that the preview prints up to one with these words."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if words in line:
            return lines
    pytest.fail(f"the preview ended without saying {words!r}:\n" + "\n".join(lines))


def window_of(process: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """The process of the window, and its command line."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = entry.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            words = entry.joinpath("cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if int(parent) == process.pid and "--watch" in words:
            return int(entry.name), words
    pytest.fail("the preview has no window")


def save(folder: Path, old: str, new: str) -> None:
    page = folder / TOOL
    page.write_text(page.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the window's process in /proc")
def test_each_save_is_built_and_the_end_of_the_window_ends_it(folder: Path, tmp_path: Path) -> None:
    with previewing(folder, surroundings(tmp_path / "home"), "--open", "tool/tea-round") as process:
        assert "nothing to put right" in read_until(process, "Built in")[-1]
        read_until(process, "Close the window to end")
        window, words = window_of(process)
        assert words[words.index("--open") + 1] == "tool/tea-round"
        pack = words[words.index("--pack") + 1]

        save(folder, "You need no numbers yet.", "You need no figures yet.")
        read_until(process, "Built in")
        with open_pack(pack) as opened:
            assert "You need no figures yet." in opened.item("tea-round").text

        save(folder, "core: true", "core: yes")
        said = read_until(process, "1 to put right")
        lines = (folder / TOOL).read_text(encoding="utf-8").split("\n")
        place = f"{folder.as_posix()}/{TOOL}:{lines.index('core: yes') + 1}"
        assert f"{place}: the field core has a value that does not fit; write true or false" in said

        save(folder, "core: yes", "core: true")
        (folder / "planned.tsv").rename(folder / "planned.txt")
        assert any("planned.tsv:1: cannot be read" in line for line in read_until(process, "keeps what it had"))
        (folder / "planned.txt").rename(folder / "planned.tsv")
        assert "nothing to put right" in read_until(process, "Built in")[-1]

        os.kill(window, signal.SIGTERM)
        assert process.wait() == 0
    assert not Path(pack).exists()


def test_a_preview_that_cannot_show_a_window_says_so(folder: Path, tmp_path: Path) -> None:
    env = surroundings(tmp_path / "home")
    del env["QT_QPA_PLATFORM"]
    with previewing(folder, env) as process:
        assert process.wait() == 1
        assert process.stderr is not None
        first, last = process.stderr.read().splitlines()
    assert first.startswith("ilsy: there is no display")
    assert last == "ilsy-pack: The window ended with exit code 3; its own line above says why."
