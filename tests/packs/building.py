"""Build packs from the small content folder of the tests, and change a copy of it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pypdfium2

from content_pack.build.commands import Wish, build
from content_pack.build.complaints import Refused

SMALL = Path(__file__).parents[1] / "data" / "content-small"
PAGES = Path(__file__).parents[1] / "data" / "pages"


def copy_of_small(place: Path) -> Path:
    """A copy of the small content folder that a test may change."""
    return Path(shutil.copytree(SMALL, place / "content"))


def change(file: Path, old: str, new: str) -> None:
    """Replace `old`, which must stand in the file once, with `new`."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def add_page(folder: Path, place: str, code: str = "") -> Path:
    """Add one of the single pages of the tests ("threads/involve") to a content folder, with its code."""
    file = folder / f"{place}.md"
    file.parent.mkdir(exist_ok=True)
    shutil.copy(PAGES / file.name, file)
    planned = (folder / "planned.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in planned if not line.startswith(f"{file.stem}\t")]
    (folder / "planned.tsv").write_text("".join(kept), encoding="utf-8")
    if file.parent.name == "materials":
        change(folder / "tools" / "tea-round.md", "[tea-round-sheet]", f"[tea-round-sheet, {file.stem}]")
    if code:
        kind = file.parent.name.removesuffix("s")
        with (folder / "codes.tsv").open("a", encoding="utf-8") as codes:
            codes.write(f"{code}\t{file.stem}\t{kind}\t\n")
    return file


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


def words_of(pdf: bytes) -> str:
    """Everything written on a PDF, with single spaces."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


def height_of_letters(pdf: bytes, words: str) -> float:
    """How tall a letter of these words is on the first page, in points."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        text = document[0].get_textpage()
        _, bottom, _, top = text.get_charbox(text.get_text_bounded().index(words), loose=True)
    return float(top - bottom)
