"""All that CI does, in order, cheapest first; the first failure ends it."""

from __future__ import annotations

import os
import shutil
import time
import tomllib
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from build_scripts.artefacts import check_pack_is_the_same, check_wheel_runs
from build_scripts.environment import Environment, ensure_without_qt
from build_scripts.processes import BUILD, ROOT, Command, DevError, quiet, run, without_display

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PACK_TESTS = ("tests/packs", "tests/conformance", "tests/relevance")
TEST_FOLDERS = ("tests/unit", *PACK_TESTS, "tests/gui", "tests/journeys")
MEASURED = ("tests/unit", "tests/packs")
REPORTS = BUILD / "tests"
NO_TESTS = 5  # pytest's exit code


@dataclass(slots=True)
class Tally:
    """How many tests did what, over all runs of pytest."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Add the counts of a report in JUnit's XML."""
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314 - pytest wrote it
            tests, failed, skipped = (
                sum(int(suite.get(name, "0")) for name in names)
                for names in (("tests",), ("failures", "errors"), ("skipped",))
            )
            self.passed += tests - failed - skipped
            self.failed += failed
            self.skipped += skipped

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


class Checks:
    """The steps of `dev.py check` on one environment, and the count of tests that they ran."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._tally = Tally()

    def run(self) -> None:
        """Take every step; raise DevError at the first that fails. The last line counts the tests."""
        shutil.rmtree(REPORTS, ignore_errors=True)
        REPORTS.mkdir(parents=True)
        steps = self._steps()
        for number, (name, step) in enumerate(steps, 1):
            print(f"[{number}/{len(steps)}] {name}", flush=True)
            began = time.monotonic()
            try:
                step()
            except DevError:
                print(f"      failed after {time.monotonic() - began:.1f} s: {name}", flush=True)
                if self._tally.failed:
                    print(self._tally, flush=True)
                raise
            print(f"      {time.monotonic() - began:.1f} s", flush=True)
        print(self._tally, flush=True)

    def _steps(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("format and lint: ruff", self._ruff),
            ("import contracts and limits", self._structure),
            ("types: mypy --strict", self._types),
            ("tests of the lower layers, Qt not installed", self._lower_layers),
            ("tests of packs", lambda: self._pytest(self._environment, *PACK_TESTS)),
            ("every branch of the files that decide trust is tested", self._coverage),
            ("tests of the interface, off-screen", lambda: self._pytest(self._environment, "tests/gui")),
            ("journeys with the real program", lambda: self._pytest(self._environment, "tests/journeys")),
            ("the same pack in another place and time", lambda: check_pack_is_the_same(self._environment)),
            ("the wheel, with what it names alone", lambda: check_wheel_runs(self._environment)),
        ]

    def _ruff(self) -> None:
        ruff = self._environment.command("ruff")
        quiet([ruff, "format", "--check", "."])
        quiet([ruff, "check", "."])

    def _structure(self) -> None:
        quiet([self._environment.command("lint-imports"), "--no-logo"])
        quiet([self._environment.python, "build_scripts/limits.py"])
        stray = stray_tests(ROOT)
        if stray:
            raise DevError(f"No step runs {', '.join(stray)}; tests belong below {', '.join(TEST_FOLDERS)}.")

    def _types(self) -> None:
        quiet([self._environment.command("mypy")])

    def _lower_layers(self) -> None:
        self._pytest(ensure_without_qt(), "tests/unit")

    def _pytest(self, environment: Environment, *wanted: str) -> None:
        """Run the tests in those of the folders that exist; the first one has to."""
        folders = [wanted[0], *(folder for folder in wanted[1:] if (ROOT / folder).is_dir())]
        report = REPORTS / f"{wanted[0].replace('/', '-')}.xml"
        measure = ["--cov", "--cov-append", "--cov-report="] if trusted_files() and wanted[0] in MEASURED else []
        command: Command = [environment.python, "-m", "pytest", *folders, f"--junit-xml={report}", *measure]
        code = run(command, env={**without_display(), "COVERAGE_FILE": str(REPORTS / "coverage")})
        if report.exists():
            self._tally.add(report)
        if code == NO_TESTS:
            raise DevError(f"pytest found no test in {', '.join(folders)}.")
        if code:
            raise DevError(f"Tests in {', '.join(folders)} failed; pytest's lines above say which.")

    def _coverage(self) -> None:
        if trusted_files():
            report = ["report", "--show-missing", "--fail-under=100"]
            env = {**os.environ, "COVERAGE_FILE": str(REPORTS / "coverage")}
            print(quiet([self._environment.command("coverage"), *report], env=env).rstrip())


def trusted_files() -> list[str]:
    """Those files of pyproject.toml's coverage table that exist: each of their branches has to be tested."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [name for name in settings["tool"]["coverage"]["run"]["include"] if (ROOT / name).is_file()]


def stray_tests(root: Path) -> list[str]:
    """Files of tests that lie outside the folders that the steps run."""
    found = (path.relative_to(root).as_posix() for path in (root / "tests").rglob("test_*.py"))
    return sorted(name for name in found if not name.startswith(tuple(f"{folder}/" for folder in TEST_FOLDERS)))
