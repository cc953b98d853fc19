"""The command line: what it does, its exit codes, and one line where something is wrong."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage
from running import ROOT, assert_quiet, one_line, run, surroundings

if TYPE_CHECKING:
    from pathlib import Path

DONE, FAILED, USAGE, NO_DISPLAY = 0, 1, 2, 3
WRONG_USAGE = [
    ["--nonsense"],
    ["--open", "nowhere"],
    ["--open"],
    ["--size", "3x", "--pictures", "x"],
    ["--text", "5"],
    ["--scheme", "pink"],
    ["tools"],
    ["--self", "--pack"],
]
# No configuration, so that no font of the system is found.
NO_FONTS = "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig></fontconfig>"


def test_the_self_test_passes_in_one_line(env: dict[str, str], standard_pack: Path, profile: Path) -> None:
    done = run("--self-test", "--pack", standard_pack, "--profile", profile, env=env)
    assert (done.returncode, done.stderr) == (DONE, "")
    assert "self-test passed" in one_line(done.stdout)


def test_the_self_test_needs_no_display_of_its_own(env: dict[str, str], standard_pack: Path, profile: Path) -> None:
    del env["QT_QPA_PLATFORM"]
    done = run("--self-test", "--pack", standard_pack, "--profile", profile, env=env)
    assert (done.returncode, done.stderr) == (DONE, "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot be left without a font")
def test_the_self_test_fails_where_no_letters_can_be_drawn(tmp_path: Path, standard_pack: Path) -> None:
    copy = tmp_path / "copy"
    for package in ("ilsy_desktop", "content_pack"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("*.ttf", "build", "__pycache__"))
    (tmp_path / "fonts.conf").write_text(NO_FONTS, encoding="utf-8")
    env = surroundings(tmp_path / "home", PYTHONPATH=str(copy), FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    done = run("--self-test", "--pack", standard_pack, "--profile", tmp_path / "profile", env=env, cwd=copy)
    assert (done.returncode, done.stdout) == (FAILED, "")
    assert "the self-test failed" in one_line(done.stderr)


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_is_told_in_one_line(env: dict[str, str], arguments: list[str]) -> None:
    done = run(*arguments, env=env)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert one_line(done.stderr).startswith("ilsy: ")


def test_help_names_every_option(env: dict[str, str]) -> None:
    done = run("--help", env=env)
    assert done.returncode == DONE
    for option in (
        "--open",
        "--pack",
        "--watch",
        "--self-test",
        "--pictures",
        "--size",
        "--scheme",
        "--text",
        "--store",
    ):
        assert option in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
@pytest.mark.parametrize("display", ["", ":987"])
def test_without_a_display_one_sentence_says_so(env: dict[str, str], display: str) -> None:
    del env["QT_QPA_PLATFORM"]
    done = run(env={**env, "DISPLAY": display} if display else env)
    assert (done.returncode, done.stdout) == (NO_DISPLAY, "")
    assert one_line(done.stderr).endswith(".")


def test_pictures_are_named_after_their_routes_and_differ(
    env: dict[str, str], standard_pack: Path, profile: Path, tmp_path: Path
) -> None:
    routes = ["home", "tool/pdsa", "search?q=late%20start", "settings"]
    done = run(
        "--pictures", tmp_path / "new" / "folder", "--pack", standard_pack, "--profile", profile, *routes, env=env
    )
    assert (done.returncode, done.stdout, done.stderr) == (DONE, "", "")
    files = {file.stem: file.read_bytes() for file in (tmp_path / "new" / "folder").iterdir()}
    assert set(files) == {"home", "tool-pdsa", "search-q-late%20start", "settings"}
    assert len(set(files.values())) == len(files)


def test_without_routes_every_main_page_gets_its_picture(
    env: dict[str, str], standard_pack: Path, profile: Path, tmp_path: Path
) -> None:
    done = run("--pictures", tmp_path / "pictures", "--pack", standard_pack, "--profile", profile, env=env)
    assert (done.returncode, done.stderr) == (DONE, "")
    pictures = [file.read_bytes() for file in (tmp_path / "pictures").glob("*.png")]
    assert len(pictures) > 20
    assert len(set(pictures)) == len(pictures)


@pytest.mark.parametrize(
    ("arguments", "factor", "size"),
    [(["--size", "1366x768"], "1", (1366, 768)), (["--size", "1024x768"], "1.5", (1536, 1152))],
)
def test_a_picture_has_the_size_of_the_window(
    env: dict[str, str], small_route: str, profile: Path, tmp_path: Path, standard_pack: Path,
    arguments: list[str], factor: str, size: tuple[int, int],
) -> None:  # fmt: skip
    env["QT_SCALE_FACTOR"] = factor
    done = run("--pictures", tmp_path, "--pack", standard_pack, "--profile", profile, *arguments, small_route, env=env)
    assert done.returncode == DONE
    assert QImage(str(tmp_path / "help.png")).size().toTuple() == size


@pytest.fixture
def small_route() -> str:
    """A page that is quick to draw."""
    return "help"


@pytest.mark.parametrize(("option", "value"), [("--scheme", "dark"), ("--scheme", "contrast"), ("--text", "200")])
def test_a_picture_follows_scheme_and_text_size(
    env: dict[str, str], standard_pack: Path, profile: Path, tmp_path: Path, option: str, value: str
) -> None:
    common = ("--pack", standard_pack, "--profile", profile)
    for folder, more in (("usual", ()), ("asked", (option, value))):
        assert run("--pictures", tmp_path / folder, *common, *more, "help", env=env).returncode == DONE
    assert (tmp_path / "usual" / "help.png").read_bytes() != (tmp_path / "asked" / "help.png").read_bytes()


def test_pictures_that_cannot_be_saved_are_told_in_one_line(
    env: dict[str, str], standard_pack: Path, profile: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = run("--pictures", tmp_path / "file" / "x", "--pack", standard_pack, "--profile", profile, "help", env=env)
    assert (done.returncode, done.stdout) == (FAILED, "")
    assert str(tmp_path / "file" / "x") in one_line(done.stderr)


def test_a_library_is_opened_wherever_it_lies(
    env: dict[str, str], standard_pack: Path, tmp_path: Path, profile: Path
) -> None:
    place = tmp_path / "100 % für #uns?"
    place.mkdir()
    shutil.copy(standard_pack, place / "the library.ilsypack")
    done = run("--pictures", "out", "--pack", "the library.ilsypack", "--profile", profile, "tools", env=env, cwd=place)
    assert (done.returncode, done.stderr) == (DONE, "")
    assert (place / "out" / "tools.png").is_file()
    assert_quiet(done.stderr, 0)
