"""A library that is missing, broken or from the future: a window with the right words, and no traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import assert_quiet, log_of, one_line, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

USER_VERSION_AT, MAJOR_2 = 60, (2 << 16).to_bytes(4, "big")


def missing(file: Path, good: bytes) -> None:
    """Nothing is there."""


def text(file: Path, good: bytes) -> None:
    file.write_text("Minutes of the last meeting\n" * 400, encoding="utf-8")


def truncated(file: Path, good: bytes) -> None:
    file.write_bytes(good[: len(good) // 2])


def flipped(file: Path, good: bytes) -> None:
    """One letter of a step's name on the roadmap is another one: a table that is checked when the file is opened."""
    place = good.index(b"Share and spread")
    file.write_bytes(good[:place] + b"s" + good[place + 1 :])


def newer(file: Path, good: bytes) -> None:
    file.write_bytes(good[:USER_VERSION_AT] + MAJOR_2 + good[USER_VERSION_AT + 4 :])


def a_folder(file: Path, good: bytes) -> None:
    file.mkdir()


CASES: dict[str, tuple[Callable[[Path, bytes], None], str]] = {
    "missing": (missing, "There is no library at"),
    "text": (text, "This file is not an ILSY library"),
    "truncated": (truncated, "This library file is damaged"),
    "flipped": (flipped, "This library file is damaged"),
    "newer": (newer, "made for a newer version of the program"),
    "a folder": (a_folder, "cannot be read"),
}


@pytest.fixture(params=CASES)
def wrong(request: pytest.FixtureRequest, tmp_path: Path, standard_pack: Path) -> tuple[Path, str]:
    """A wrong file and the words that it calls for."""
    make, words = CASES[request.param]
    file = tmp_path / "library.ilsypack"
    make(file, standard_pack.read_bytes())
    return file, words


def test_the_window_opens_and_the_log_says_why(env: dict[str, str], wrong: tuple[Path, str], profile: Path) -> None:
    file, words = wrong
    done = run("--pack", file, "--profile", profile, "--exit-after-paint", env=env)
    assert (done.returncode, done.stdout) == (0, "")
    assert_quiet(done.stderr)
    assert words in log_of(profile)


def test_the_self_test_says_why_in_one_line(env: dict[str, str], wrong: tuple[Path, str], profile: Path) -> None:
    file, words = wrong
    done = run("--self-test", "--pack", file, "--profile", profile, env=env)
    assert (done.returncode, done.stdout) == (1, "")
    assert words in one_line(done.stderr)


def test_the_picture_of_the_window_shows_other_words_for_other_faults(
    env: dict[str, str], standard_pack: Path, tmp_path: Path, profile: Path
) -> None:
    pictures = {}
    for name in ("text", "truncated", "newer"):
        file = tmp_path / "library.ilsypack"
        CASES[name][0](file, standard_pack.read_bytes())
        done = run("--pictures", tmp_path / name, "--pack", file, "--profile", profile, "home", env=env)
        assert_quiet(done.stderr)
        pictures[name] = (tmp_path / name / "home.png").read_bytes()
    assert len(set(pictures.values())) == len(pictures)
