"""Build packs from the small content folder of the tests, and change a copy of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from content_pack.build.commands import Wish, build
from content_pack.build.complaints import Refused

SMALL = Path(__file__).parents[1] / "data" / "content-small"


def copy_of_small(place: Path) -> Path:
    """A copy of the small content folder that a test may change."""
    return Path(shutil.copytree(SMALL, place / "content"))


def change(file: Path, old: str, new: str) -> None:
    """Replace `old`, which must stand in the file once, with `new`."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def line_of(file: Path, words: str) -> int:
    """The number of the first line that holds `words`."""
    lines = file.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def complaints(folder: Path) -> list[str]:
    """What a build of the folder complains of, a line each; the pack is not written."""
    target = folder.parent / "refused.ilsypack"
    try:
        build(Wish(folder, target, cached=False))
    except Refused as refused:
        assert not target.exists()
        return [str(complaint) for complaint in refused.complaints]
    return []
