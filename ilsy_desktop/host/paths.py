"""Where things are on this machine: the profile, the store of installed packs, the pack to open."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

BUILTIN_NAME = "standard.ilsypack"


def profile_folder(chosen: Path | None) -> Path:
    """The folder for this person's choices and the log; `chosen` overrides it."""
    if chosen:
        return chosen
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "ILSY"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "ilsy"


def store_folders(chosen: Path | None, profile: Path) -> tuple[Path, ...]:
    """Folders that may hold installed packs, the machine's before the person's own."""
    if chosen:
        return (chosen,)
    if sys.platform == "win32":
        return (Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "ILSY/packs", profile / "packs")
    return (Path("/var/lib/ilsy/packs"), profile / "packs")


def builtin_pack() -> Path:
    """The pack that came with the program: beside the package, or in a checkout the one that was built."""
    package = Path(__file__).parents[1]
    shipped = package / "resources" / BUILTIN_NAME
    return shipped if shipped.exists() else package.parent / "build" / BUILTIN_NAME


def find_pack(chosen: Path | None, stores: tuple[Path, ...]) -> Path:
    """The pack to open: the chosen one, else the store's current one, else the one that came along."""
    if chosen:
        return chosen
    for store in stores:
        current = _current(store)
        if current:
            return current
    return builtin_pack()


def _current(store: Path) -> Path | None:
    try:
        sha256 = json.loads((store / "current.json").read_text("utf-8"))["sha256"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    pack = store / f"{sha256}.ilsypack"
    return pack if isinstance(sha256, str) and sha256.isalnum() and pack.is_file() else None


def writable(folder: Path) -> bool:
    """Whether the folder is there, or can be made, and takes a file."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        return False
    return True
