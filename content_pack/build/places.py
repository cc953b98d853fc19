"""Files that the builder would pass over without a word: in the wrong place, with a wrong ending, or gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content_pack.build.complaints import Complaint
from content_pack.build.kinds import KINDS
from content_pack.build.lists import FILES, kind_of_step
from content_pack.build.values import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from content_pack.build.lists import Lists, Row

_PAGES = {kind.folder: ".md" for kind in KINDS.values()}
_ENDINGS = {**_PAGES, "pictures": ".svg", "lint": ".tsv", "search": ".tsv"}
# What systems and editors leave behind; nobody meant it to be read.
_LEFT_BEHIND = re.compile(r"\..*|.*~|~\$.*|#.*#|.*\.(?:swp|bak|tmp|orig)|Thumbs\.db|desktop\.ini", re.IGNORECASE)
_PICTURE = "only drawings are shown: draw it, and save it as plain SVG with the ending .svg"


def check_places(folder: Path, shown: str) -> Iterator[Complaint]:
    """What stands where nothing reads it, and folders of pages that are missing."""
    names = {path.name for path in folder.iterdir()}
    for name in sorted(_ENDINGS):
        # A folder without pages need not be there; one that was renamed has its pages elsewhere.
        alike = next((other for other in names - set(_ENDINGS) if _same(other, name)), "")
        if name not in names and alike:
            wrong = f"the folder {name} is called {alike} here, so nothing in it is read"
            yield Complaint(f"{shown}/{alike}", 1, wrong, f"name it {name}, in small letters")
            names.discard(alike)
    for name in sorted(names):
        path = folder / name
        if name in _ENDINGS and path.is_dir():
            yield from _within(path, f"{shown}/{name}", _ENDINGS[name])
        elif name not in FILES and not _LEFT_BEHIND.fullmatch(name):
            what = "folder" if path.is_dir() else "file"
            near = nearest(name, (*_ENDINGS, *FILES))
            write = (
                f"name it {near}" if near and near not in names else "take it away, or put its files where they belong"
            )
            yield Complaint(f"{shown}/{name}", 1, f"nothing reads the {what} {name}", write)


def _same(one: str, other: str) -> bool:
    return one != other and (one.lower() == other.lower() or nearest(one, (other,)) == other)


def _within(folder: Path, shown: str, ending: str) -> Iterator[Complaint]:
    for path in sorted(folder.iterdir()):
        name = path.name
        if _LEFT_BEHIND.fullmatch(name) or (path.is_file() and path.suffix == ending):
            continue
        if path.is_dir():
            wrong, write = "nothing reads a folder here", f"move its files to {folder.name}, or take it away"
        elif folder.name == "pictures":
            wrong, write = "nothing reads this picture", _PICTURE
        else:
            stem = re.sub(r"(?:\.(?:md|markdown|txt|docx?|rtf|html?|tsv|csv))+$", "", name, flags=re.IGNORECASE)
            wrong, write = f"the file does not end in {ending}, so nothing reads it", f"name it {stem}{ending}"
        if not (path.is_dir() and path.suffix == ending):  # one called x.md is said to be no page by the reader
            yield Complaint(f"{shown}/{name}", 1, wrong, write)


def check_gone(folder: Path, lists: Lists, slugs: Iterable[str]) -> Iterator[Complaint]:
    """Codes and steps of the roadmap that have neither a page, by its file or `slugs`, nor a word on where it is."""
    there = {place: _stems(folder / place) for place in _PAGES}
    known = set(slugs).union(lists.planned, lists.withdrawn, lists.redirects, *there.values())
    wanted: dict[str, list[Row]] = {}
    for row in (*lists.codes.values(), *lists.roadmap.values()):
        kind = kind_of_step(row["part"]) if "part" in row.values else row["kind"]
        repeated = "part" in row.values and row["slug"] in lists.codes
        if kind in KINDS and row["slug"] not in known and not repeated and not row.values.get("withdrawn_on"):
            wanted.setdefault(KINDS[kind].folder, []).append(row)
    for place, rows in wanted.items():
        if there[place]:
            yield from (_gone(row, place) for row in rows)
        elif not any(_same(path.name, place) for path in folder.iterdir()):
            first = rows[0]
            wrong = f"the folder {place} is missing or empty, and pages of it are promised here: {len(rows)}"
            yield Complaint(first.file, first.line, wrong, f"put the folder {place} back with its pages")


def _gone(row: Row, place: str) -> Complaint:
    slug = row["slug"]
    write = (
        f"put {place}/{slug}.md back; if it was taken out for good, say why in withdrawn.tsv; if it was renamed, "
        "write both names into redirects.tsv; if it is yet to be written, promise it in planned.tsv"
    )
    return Complaint(row.file, row.line, f"{row.values.get('code', 'the step')} {slug} has no page", write)


def _stems(folder: Path) -> set[str]:
    """The names of the files of a folder up to their first point: those with a wrong ending are said elsewhere."""
    return {path.name.partition(".")[0] for path in folder.iterdir()} if folder.is_dir() else set()
