"""Where things are on this machine: the profile, the stores of installed packs, the pack that came along."""

from __future__ import annotations

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


def written_store(stores: tuple[Path, ...]) -> Path | None:
    """The store that new packs go to: the machine's where IT allows that, else the person's own; None where neither.

    The machine's folder is never made here: that it is there, and who may write it, is how IT allows it.
    """
    machine, own = stores[0], stores[-1]
    if machine != own and machine.is_dir() and writable(machine):
        return machine
    return own if _could_be_written(own) else None


def _could_be_written(folder: Path) -> bool:
    """As `writable`, but makes no folder."""
    there = next((place for place in (folder, *folder.absolute().parents) if place.exists()), folder)
    return there.is_dir() and writable(there)


def builtin_pack() -> Path:
    """The pack that came with the program: beside the package, or in a checkout the one that was built."""
    package = Path(__file__).parents[1]
    shipped = package / "resources" / BUILTIN_NAME
    return shipped if shipped.exists() else package.parent / "build" / BUILTIN_NAME


def shipped_root() -> Path | None:
    """The root of trust that came with the program, if one did."""
    path = Path(__file__).parents[1] / "resources" / "root.json"
    return path if path.is_file() else None


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
