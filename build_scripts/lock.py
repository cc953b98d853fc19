"""The two lock files: which versions of which packages are installed, each file with its hashes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from build_scripts.processes import DEVELOPMENT_LOCK, RUNTIME_LOCK, DevError, quiet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# One file for every system and every Python from 3.11; no address of an index, no trace of this machine.
_COMPILE = (
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--python-version=3.11",
    "--custom-compile-command=python3 build_scripts/dev.py lock",
    "pyproject.toml",
)


def make_locks(options: Sequence[str]) -> None:
    """Write requirements-dev.lock and requirements.lock anew from pyproject.toml.

    Versions stay as they are where pyproject.toml allows it; `options` go to uv, for example
    `--upgrade` or `--upgrade-package NAME`.
    """
    uv = shutil.which("uv")
    if not uv:
        raise DevError("Making the lock files needs uv. Install it with: pip install uv")
    quiet([uv, *_COMPILE, "--extra=editor", "--group=dev", f"--output-file={DEVELOPMENT_LOCK.name}", *options])
    # uv keeps the versions that it finds in the file: so what is shipped is what is tested
    shutil.copyfile(DEVELOPMENT_LOCK, RUNTIME_LOCK)
    quiet([uv, *_COMPILE, f"--output-file={RUNTIME_LOCK.name}"])


def pinned(lock: Path) -> dict[str, str]:
    """The version of each package in a lock file."""
    heads = [line for line in lock.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    return {name: rest.split()[0] for name, _, rest in (head.partition("==") for head in heads)}
