"""The pack that comes with the program: built from the sources when they or the builder have changed."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

from build_scripts.processes import BUILD, DEVELOPMENT_LOCK, ROOT, Command, need

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from build_scripts.environment import Environment

SOURCES = ROOT / "resources" / "content"
STANDARD_PACK = BUILD / "standard.ilsypack"
_STAMP = BUILD / "standard.ilsypack.made-from"
_INPUTS = (SOURCES, ROOT / "content_pack", ROOT / "ilsy_desktop" / "resources" / "fonts", DEVELOPMENT_LOCK)


def ensure_pack(environment: Environment) -> Path:
    """`build/standard.ilsypack`, built unless it is whole and all that it is made from is unchanged."""
    wanted = digest(_INPUTS)
    if not STANDARD_PACK.exists() or _read_stamp() != f"{wanted} {digest([STANDARD_PACK])}":
        print("Building build/standard.ilsypack …", flush=True)
        build: Command = [environment.command("ilsy-pack"), "build", SOURCES, "-o", STANDARD_PACK]
        need(build, "The content pack was not built; the lines above say what to mend.")
        _STAMP.write_text(f"{wanted} {digest([STANDARD_PACK])}", encoding="utf-8")
    return STANDARD_PACK


def digest(inputs: Iterable[Path]) -> str:
    """A hash over SQLite's version and the names and contents of files, and of all files in folders."""
    total = hashlib.sha256(sqlite3.sqlite_version.encode())
    for start in inputs:
        found = start.rglob("*") if start.is_dir() else [start]
        for path in sorted(path for path in found if path.is_file() and path.suffix != ".pyc"):
            total.update(f"\0{path.relative_to(start.parent).as_posix()}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def _read_stamp() -> str:
    try:
        return _STAMP.read_text(encoding="utf-8")
    except OSError:
        return ""
