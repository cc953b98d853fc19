"""The virtual environments of a checkout: made from a hashed lock, and made anew when one is not whole."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from build_scripts.processes import BUILD, DEVELOPMENT_LOCK, ROOT, Command, DevError, need, run
from build_scripts.system import by_hand

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON = Path(getattr(sys, "_base_executable", "") or sys.executable)
VENV_PACKAGE = f"python3.{sys.version_info.minor}-venv"
QT_PACKAGES = frozenset({"pyside6-essentials", "shiboken6", "pytest-qt"})
LOCKED_ONLY = ("--require-hashes", "--only-binary=:all:")


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment in a folder, which need not exist yet."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.command("python")

    @property
    def stamp(self) -> Path:
        """What was installed, written last: an environment without it is half made."""
        return self.folder / "made.json"

    def command(self, name: str) -> Path:
        """The full name of a command that is installed in the environment."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / name

    def files(self) -> dict[str, int]:
        """Every installed file with its size in bytes, as links are followed."""
        found = {}
        for folder, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in names:
                path = os.path.join(folder, name)  # noqa: PTH118 - several thousand files before each start
                found[path] = os.stat(path).st_size  # noqa: PTH116
        found.pop(str(self.stamp), None)
        return found

    def is_whole(self, key: str) -> bool:
        """It was made for `key`, and every file that was installed then is still there in its full size."""
        made = self.read_stamp()
        if made.get("key") != key:
            return False
        try:
            return all(os.stat(path).st_size == size for path, size in made["files"].items())  # noqa: PTH116
        except OSError:
            return False

    def read_stamp(self) -> dict[str, Any]:
        """The stamp's fields; empty where there is none that can be read."""
        try:
            made = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return made if isinstance(made, dict) else {}

    def write_stamp(self, key: str, project: str | None = None) -> None:
        """Note that the environment is whole, for which lock and with which form of the project."""
        text = json.dumps({"key": key, "project": project, "files": self.files()})
        half = self.stamp.with_suffix(".part")
        half.write_text(text, encoding="utf-8")
        half.replace(self.stamp)


DEVELOPMENT = Environment(ROOT / ".venv")
WITHOUT_QT = Environment(ROOT / ".venv-noqt")


def packages_to_make_one() -> list[str]:
    """The system packages without which no environment can be made here."""
    ways = shutil.which("uv") or any(importlib.util.find_spec(name) for name in ("ensurepip", "pip"))
    return [] if ways or DEVELOPMENT.stamp.exists() else [VENV_PACKAGE]


def ensure_development() -> Environment:
    """`.venv`: all of requirements-dev.lock and the project itself, editable, made where that is not so."""
    key, project = _key(DEVELOPMENT_LOCK.read_text(encoding="utf-8")), _project_form()
    with _one_at_a_time():
        if not DEVELOPMENT.is_whole(key):
            create(DEVELOPMENT.folder, DEVELOPMENT_LOCK)
            DEVELOPMENT.write_stamp(key)
        if DEVELOPMENT.read_stamp().get("project") != project:
            _install_project()
            DEVELOPMENT.write_stamp(key, project)
    return DEVELOPMENT


def ensure_without_qt() -> Environment:
    """`.venv-noqt`: requirements-dev.lock less Qt, for the tests of what must run without it."""
    lock = less(DEVELOPMENT_LOCK.read_text(encoding="utf-8"), QT_PACKAGES)
    key = _key(lock)
    with _one_at_a_time():
        if not WITHOUT_QT.is_whole(key):
            requirements = BUILD / "requirements-noqt.lock"
            requirements.write_text(lock, encoding="utf-8")
            create(WITHOUT_QT.folder, requirements, pip_of=DEVELOPMENT)
            WITHOUT_QT.write_stamp(key)
    return WITHOUT_QT


def create(folder: Path, requirements: Path, *, pip_of: Environment | None = None) -> Environment:
    """Make a new environment from a lock, with uv where it is on PATH and works, else with pip.

    `pip_of` is an environment whose pip may fill the new one, which then carries none of its own.
    """
    made = Environment(folder)
    print(f"Making {folder.name} from {requirements.name} …", flush=True)
    _remove(folder)
    uv = shutil.which("uv")
    if uv and _made_with_uv(uv, made, requirements):
        return made
    _remove(folder)
    pip = _empty_with_pip(made, pip_of)
    failed = f"The packages of {requirements.name} could not be installed; pip's message above says why."
    need([*pip, "install", "--quiet", *LOCKED_ONLY, "-r", requirements], failed, env=_pip_settings())
    return made


def less(lock: str, packages: frozenset[str]) -> str:
    """A lock file's text without the entries of the named packages."""
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", lock)
    return "".join(entry for entry in entries if re.split(r"[=\s;\[]", entry, maxsplit=1)[0] not in packages)


def _made_with_uv(uv: str, made: Environment, requirements: Path) -> bool:
    steps: tuple[Command, ...] = (
        [uv, "venv", "--quiet", "--no-project", "--python", PYTHON, made.folder],
        [uv, "pip", "install", "--quiet", "--python", made.python, *LOCKED_ONLY, "-r", requirements],
    )
    if any(run(step) for step in steps):
        print("uv could not do it; trying pip.", flush=True)
        return False
    return True


def _empty_with_pip(made: Environment, pip_of: Environment | None) -> list[str | Path]:
    """Make an empty environment; return the pip command that installs into it."""
    own = pip_of is None and importlib.util.find_spec("ensurepip") is not None
    if not own and pip_of is None and importlib.util.find_spec("pip") is None:
        raise DevError(f"Python's venv module is not complete. {by_hand([VENV_PACKAGE])}")
    make: Command = [PYTHON, "-m", "venv", *([] if own else ["--without-pip"]), made.folder]
    need(make, f"{made.folder.name} could not be made; the message above says why.")
    if own:
        return [made.python, "-m", "pip"]
    return [pip_of.python if pip_of else PYTHON, "-m", "pip", "--python", made.python]


def _install_project() -> None:
    pip: Command = [DEVELOPMENT.python, "-m", "pip", "install", "--quiet"]
    built_from_the_lock = ("--no-build-isolation", "--no-deps", "--no-index")
    failed = "The project itself could not be installed into .venv; the message above says why."
    need([*pip, *built_from_the_lock, "--editable", ROOT], failed, env=_pip_settings())


def _pip_settings() -> dict[str, str]:
    """Settings under which pip neither asks, nor looks for news of itself, nor leaves the environment."""
    settings = {"PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    return {**os.environ, **settings}


def _key(lock: str) -> str:
    """What an environment depends on: the lock, the Python, and the folder, which its commands name."""
    parts = (lock, sys.version, str(PYTHON.resolve()), str(ROOT))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _project_form() -> str:
    """What an editable installation is made from: names, commands and packages, not the code."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = (settings["project"], settings["build-system"], settings["tool"]["hatch"])
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep a second run of these scripts from making the same environment at the same time."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "environments.lock").open("w") as handle:
        with contextlib.suppress(ImportError):
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
