"""Starting other programs, and the places in a checkout that the build scripts share."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
DEVELOPMENT_LOCK = ROOT / "requirements-dev.lock"
RUNTIME_LOCK = ROOT / "requirements.lock"

Command = Sequence[str | Path]


class DevError(Exception):
    """Something failed; the message says what, and what to do, to the person at the terminal."""


def run(command: Command, *, env: Mapping[str, str] | None = None) -> int:
    """Run a command in the checkout, its output in sight; return its exit code."""
    try:
        return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode
    except OSError as error:
        raise DevError(f"{command[0]} cannot be started: {error.strerror}.") from error


def need(command: Command, otherwise: str, *, env: Mapping[str, str] | None = None) -> None:
    """Run a command in the checkout, its output in sight; raise DevError(`otherwise`) when it fails."""
    if run(command, env=env):
        raise DevError(otherwise)


def quiet(command: Command, *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a command and return what it printed; raise DevError with all of that when it fails.

    Twenty minutes are the most it may take: a hanging child must not hold CI for ever.
    """
    words = [str(part) for part in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=1200,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DevError(f"{' '.join(words)} did not end within twenty minutes.") from error
    except OSError as error:
        raise DevError(f"{words[0]} cannot be started: {error.strerror}.") from error
    if done.returncode:
        raise DevError(f"{done.stdout.rstrip()}\n{' '.join(words)} ended with exit code {done.returncode}.")
    return done.stdout


def without_display(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of this process with Qt told to draw off-screen."""
    return {**(os.environ if environment is None else environment), "QT_QPA_PLATFORM": "offscreen"}
