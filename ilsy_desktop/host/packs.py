"""Which pack is read: the newest of those installed and the one that came along, or the one somebody went back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_pack import Pack, PackError, open_pack
from ilsy_desktop.host.logs import LOG
from sync.pointer import FILE, newer, pack_file, read_pointer

if TYPE_CHECKING:
    from pathlib import Path

    from sync.pointer import Current

OLDEST = "0"


class PackChoice:
    """Chooses among a pack named on the command line, the stores, and the pack that came with the program."""

    def __init__(self, chosen: Path | None, stores: tuple[Path, ...], builtin: Path) -> None:
        self.chosen, self.stores, self.builtin = chosen, stores, builtin
        self._refused: set[Path] = set()

    def candidates(self) -> tuple[Path, ...]:
        """The packs to try, the best first; the last is the one that came with the program, unless one was chosen."""
        if self.chosen:
            return (self.chosen,)
        pointers = [(store, read_pointer(store)) for store in self.stores]
        held = next(((store, now) for store, now in pointers if now.held), None)
        found = self._held(*held) if held else self._newest(pointers)
        usable = [path for path in dict.fromkeys(found) if path not in self._refused or path == self.builtin]
        return tuple(usable)

    def candidates_outside(self, store: Path) -> tuple[Path, ...]:
        """The packs of other stores and the one that came along, the newest first."""
        others = tuple(folder for folder in self.stores if folder != store)
        pointers = [(folder, read_pointer(folder)) for folder in others]
        return tuple(path for path in self._newest(pointers) if path not in self._refused) or (self.builtin,)

    def refuse(self, path: Path) -> None:
        """Never propose this file again: its content was found to be another one than its name says."""
        self._refused.add(path)

    def state(self) -> tuple[object, ...]:
        """Something that differs once another pack may have become the one to read; cheap enough for every page."""
        if self.chosen:
            return ()
        return (len(self._refused), *(_stamp(store / FILE) for store in self.stores))

    def _held(self, store: Path, now: Current) -> list[Path]:
        """Somebody went back: what they went back to comes first, what they went away from last."""
        kept = [pack_file(store, now.pack.sha256)] if now.pack else []
        left = [pack_file(store, now.previous.sha256)] if now.previous else []
        return [*kept, self.builtin, *left]

    def _newest(self, pointers: list[tuple[Path, Current]]) -> list[Path]:
        installed = [
            (pack_file(store, pack.sha256), pack)
            for store, now in pointers
            for pack in (now.pack, now.previous)
            if pack is not None
        ]
        if not installed:
            return [self.builtin]
        known = {path: pack.version or version_of(path) for path, pack in installed}
        known[self.builtin] = version_of(self.builtin)
        ordered: list[Path] = []
        for path, version in known.items():  # of two with one version, the one in the store named first goes first
            place = next((n for n, other in enumerate(ordered) if newer(version, known[other])), len(ordered))
            ordered.insert(place, path)
        return ordered


def open_first(paths: tuple[Path, ...]) -> tuple[Path, Pack]:
    """Open the first of these packs that can be opened. Raises the PackError of the first when none can."""
    first: PackError | None = None
    for path in paths:
        try:
            return path, open_pack(path)
        except PackError as error:
            LOG.error("%s cannot be used: %s", path, error)
            first = first or error
    raise first or PackError("There is no library.")


def version_of(path: Path) -> str:
    """The version that a pack names, or one older than all others where it cannot be opened."""
    try:
        with open_pack(path) as pack:
            return pack.info.version
    except PackError:
        return OLDEST


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        facts = file.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino
