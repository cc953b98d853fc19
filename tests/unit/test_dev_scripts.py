"""What `dev.py` decides: is an environment whole, what is missing, is the pack up to date, how many tests ran."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts import standard_pack, system
from build_scripts.bench import Start, measure, summary, too_early
from build_scripts.checks import Tally, stray_tests
from build_scripts.environment import QT_PACKAGES, Environment, less
from build_scripts.lock import pinned
from build_scripts.processes import DEVELOPMENT_LOCK, RUNTIME_LOCK, DevError, quiet

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "build_scripts" / "dev.py"
LOCK = """# made by a tool
pyside6-essentials==6.11.3 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via the project
pytest==9.2.0 \\
    --hash=sha256:cc
pytest-qt==4.5.0 ; sys_platform == 'linux' \\
    --hash=sha256:dd
shiboken6==6.11.3 --hash=sha256:ee
tabulate==0.10.0 --hash=sha256:ff
"""


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A finished environment, made for "a lock", with two files."""
    made = Environment(tmp_path / "venv")
    for name in ("pyvenv.cfg", "lib/module.py"):
        (made.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (made.folder / name).write_text("x = 1\n", encoding="utf-8")
    made.write_stamp("a lock", "the project")
    return made


def test_a_finished_environment_is_whole(environment: Environment) -> None:
    assert environment.is_whole("a lock")
    assert environment.read_stamp()["project"] == "the project"


def test_files_added_later_do_no_harm(environment: Environment) -> None:
    (environment.folder / "lib" / "debugger.py").write_text("y = 2\n", encoding="utf-8")
    assert environment.is_whole("a lock")


def test_another_lock_asks_for_another_environment(environment: Environment) -> None:
    assert not environment.is_whole("another lock")


@pytest.mark.parametrize("damage", ["missing", "cut off", "stamp missing", "stamp cut off", "stamp of nothing"])
def test_a_damaged_or_half_made_environment_is_not_whole(environment: Environment, damage: str) -> None:
    module = environment.folder / "lib" / "module.py"
    if damage == "missing":
        module.unlink()
    elif damage == "cut off":
        os.truncate(module, 2)
    elif damage == "stamp missing":
        environment.stamp.unlink()
    elif damage == "stamp cut off":
        os.truncate(environment.stamp, 20)
    else:
        environment.stamp.write_text("[]", encoding="utf-8")
    assert not environment.is_whole("a lock")


def test_the_lock_without_qt_keeps_all_else() -> None:
    kept = less(LOCK, QT_PACKAGES)
    assert kept == ("# made by a tool\npytest==9.2.0 \\\n    --hash=sha256:cc\ntabulate==0.10.0 --hash=sha256:ff\n")


def test_what_is_shipped_is_what_is_tested() -> None:
    shipped, tested = pinned(RUNTIME_LOCK), pinned(DEVELOPMENT_LOCK)
    assert shipped
    assert shipped.items() <= tested.items()


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEVELOPMENT_LOCK], ids=lambda lock: lock.name)
def test_a_lock_names_no_place_and_hashes_everything(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "/dev/" not in text
    entries = re.split(r"\n(?=[a-z])", text)[1:]
    assert len(entries) == len(pinned(lock))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_a_library_that_cannot_be_loaded_is_missing() -> None:
    if sys.platform != "linux":
        pytest.skip("shared libraries are looked for on Linux only")
    assert system.missing_libraries(["libc.so.6", "libnobody-has-this.so.7"]) == ["libnobody-has-this.so.7"]


def test_who_may_not_install_gets_one_line_to_paste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(DevError) as raised:
        system.install(["libgl1", "libegl1"])
    lines = [line.strip() for line in str(raised.value).splitlines()]
    assert "sudo apt-get install libgl1 libegl1" in lines


def test_nothing_missing_needs_no_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    system.install([])


def test_the_digest_of_sources_sees_every_change(tmp_path: Path) -> None:
    (tmp_path / "content" / "tools").mkdir(parents=True)
    page = tmp_path / "content" / "tools" / "huddle.md"
    page.write_text("one", encoding="utf-8")
    seen = [standard_pack.digest([tmp_path / "content"])]
    page.write_text("two", encoding="utf-8")
    seen.append(standard_pack.digest([tmp_path / "content"]))
    page.rename(tmp_path / "content" / "huddle.md")
    seen.append(standard_pack.digest([tmp_path / "content"]))
    assert len(set(seen)) == 3
    os.utime(tmp_path / "content" / "huddle.md", (0, 0))
    assert standard_pack.digest([tmp_path / "content"]) == seen[-1]


def test_reports_of_several_runs_are_added_up(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    suite = '<testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10"/>'
    report.write_text(f"<testsuites>{suite}</testsuites>", encoding="utf-8")
    tally = Tally(passed=5)
    assert str(tally) == "5 passed, 0 failed"
    tally.add(report)
    assert str(tally) == "9 passed, 3 failed, 3 skipped"


def test_speed_is_told_as_the_median_of_paired_ratios() -> None:
    pairs = [(Start(0.3, 80), Start(0.1, 50)), (Start(0.9, 90), Start(0.1, 50)), (Start(0.4, 100), Start(0.2, 50))]
    figures = summary(pairs)
    assert (figures["ilsy_seconds"], figures["bare_seconds"]) == (0.4, 0.1)
    assert (figures["time_ratio"], figures["memory_ratio"]) == (3.0, 1.8)


def test_a_start_that_fails_is_no_measurement() -> None:
    with pytest.raises(DevError, match="exit code 3"):
        measure([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))


def test_modules_that_belong_to_later_actions_are_named() -> None:
    loaded = ["PySide6.QtWidgets", "PySide6.QtNetwork", "ssl", "requests.adapters", "markdown_it", "typing"]
    assert too_early(loaded) == ["PySide6.QtNetwork", "requests", "ssl"]


def test_a_test_that_no_step_runs_is_found(tmp_path: Path) -> None:
    for name in ("unit/test_a.py", "gui/deep/test_b.py", "elsewhere/test_c.py", "test_d.py"):
        (tmp_path / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests" / name).touch()
    assert stray_tests(tmp_path) == ["tests/elsewhere/test_c.py", "tests/test_d.py"]


def test_a_command_that_fails_shows_what_it_printed() -> None:
    with pytest.raises(DevError, match=r"(?s)the reason.*exit code 7"):
        quiet([sys.executable, "-c", "import sys; print('the reason'); sys.exit(7)"])


@pytest.mark.parametrize(
    ("words", "code", "shown"),
    [
        (["--help"], 0, "dev.py run"),
        ([], 2, "dev.py run"),
        (["ruin"], 2, "dev.py run"),
        (["check", "everything"], 1, "takes no arguments: everything"),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(words: list[str], code: int, shown: str) -> None:
    child = subprocess.run([sys.executable, DEV, *words], capture_output=True, text=True, check=False)
    assert child.returncode == code
    assert shown in child.stdout + child.stderr
    assert "Traceback" not in child.stderr
