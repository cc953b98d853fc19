"""Begin a page: a file with every field its kind has and every part it needs, and a code of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_pack.build.kinds import KINDS, LONGEST_SLUG
from content_pack.build.lint import HEADINGS
from content_pack.build.lists import SLUG
from content_pack.build.sources import read_text

if TYPE_CHECKING:
    from pathlib import Path

_GIVEN = {"status": "draft"}


class NotBegun(Exception):  # noqa: N818 - see Refused
    """A page that cannot be begun; the message says why and what to do."""


def begin_page(folder: Path, kind: str, slug: str) -> str:
    """Write the file of a new page and say where. Its empty fields are what `check` asks for next.

    A slug without a code gets the next one of its letter in codes.tsv; a planned one leaves planned.tsv.
    Raises NotBegun, or OSError.
    """
    if kind not in KINDS:
        raise NotBegun(f"There is no kind “{kind}”: write one of {', '.join(KINDS)}.")
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise NotBegun(f"“{slug}” is no slug: write small letters, digits and single hyphens, such as run-chart.")
    path = folder / KINDS[kind].folder / f"{slug}.md"
    if path.exists():
        raise NotBegun(f"{path} is there already: open it, or choose another slug.")
    code = _code(folder / "codes.tsv", kind, slug) if KINDS[kind].letter else ""
    _take_out(folder / "planned.tsv", slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_skeleton(kind, slug, code), encoding="utf-8", newline="\n")
    begun = f"begun with the code {code}" if code else "begun"
    return f"{path}: {begun}. Fill in the fields, then run: ilsy-pack check"


def _skeleton(kind: str, slug: str, code: str) -> str:
    given = {**_GIVEN, "kind": kind, "slug": slug, "code": code}
    first = ("kind", "slug", *(["code"] if code else []), "title")
    fields = [*first, *(name for name in KINDS[kind].required if name not in first)]
    lines = [f"{name}: {given.get(name, '')}".rstrip() for name in fields]
    parts = [f"## {heading}\n\n" for heading in HEADINGS.get(kind, ())]
    return "\n".join(["---", *lines, "---", "", *parts])


def _code(path: Path, kind: str, slug: str) -> str:
    """The code of a slug; where it has none, the next of the kind's letter, added to the list."""
    text = read_text(path, path.as_posix())
    rows = [line.split("\t") for line in text.split("\n")[1:] if line]
    for row in rows:
        if row[1] == slug:
            if row[2] != kind:
                raise NotBegun(f"{path} says that {slug} is a {row[2]}: choose that kind, or another slug.")
            return row[0]
    letter = KINDS[kind].letter
    number = 1 + max((int(row[0][1:]) for row in rows if row[0][0] == letter), default=0)
    code = f"{letter}{number}"
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(("" if text.endswith("\n") else "\n") + f"{code}\t{slug}\t{kind}\t\n")
    return code


def _take_out(path: Path, slug: str) -> None:
    text = read_text(path, path.as_posix())
    kept = [line for line in text.split("\n") if line.split("\t")[0] != slug]
    path.write_text("\n".join(kept), encoding="utf-8", newline="\n")
