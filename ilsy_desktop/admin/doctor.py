"""What IT wants to know of an installation, each as one line: what was looked at, whether it is well, and why not."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, NamedTuple

from content_pack import PackError, open_pack
from ilsy_desktop.host.display import display_problem
from ilsy_desktop.host.paths import find_pack, profile_folder, store_folders, writable

if TYPE_CHECKING:
    from pathlib import Path


class Finding(NamedTuple):
    """One thing that was looked at. `well` is None where it is only told, not judged."""

    subject: str
    well: bool | None
    words: str


def examine(pack: Path | None, store: Path | None, profile: Path | None) -> list[Finding]:
    """Look at the machine, the profile, the store and every page of the library."""
    home = profile_folder(profile)
    stores = store_folders(store, home)
    chosen = find_pack(pack, stores)
    found = [folder for folder in stores if folder.is_dir()]
    problem = display_problem()
    return [
        Finding("system", None, f"Python {platform.python_version()} on {sys.platform}"),
        Finding("screen", None, problem or "a window can be opened"),
        _profile(home),
        Finding("stores", None, ", ".join(map(str, found)) or "no store; the library that came along is used"),
        _library(chosen),
    ]


def _profile(home: Path) -> Finding:
    if writable(home):
        return Finding("profile", True, f"{home} can be written")
    return Finding("profile", False, f"{home} cannot be written: choices and the log are not kept")


def _library(path: Path) -> Finding:
    try:
        with open_pack(path) as pack:
            pack.verify()
            return Finding("library", True, f"{path}: {pack.info.name} {pack.info.version} of {pack.info.dated}, whole")
    except PackError as error:
        return Finding("library", False, f"{path}: {error}")
