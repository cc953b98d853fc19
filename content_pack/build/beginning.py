"""Begin a page: a file with every field its kind has and every part it needs, and a code of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from content_pack.build.kinds import KINDS, LONGEST_SLUG
from content_pack.build.lists import SLUG
from content_pack.build.shape import HEADINGS
from content_pack.build.sources import read_text

if TYPE_CHECKING:
    from pathlib import Path

_YEARS_TO_REVIEW = 2
# What each field wants, as a remark beside it.
_HINTS = {
    "title": "in plain words",
    "method": "the method's own name",
    "summary": "one sentence, at most 160 letters",
    "people_say": '["…", "…"]: five to ten things that staff say when this page would help',
    "stages": "[test]: steps of the roadmap, or []",
    "level": "introductory, intermediate or advanced",
    "minutes": "[15, 30]: whole minutes of one sitting",
    "group": "[2, 8]: how many people",
    "materials": "[slug-of-its-sheet]; take this line out if it has no sheet",
    "links": "{next: [slug], goes-with: [slug], instead: [slug]}",
    "worked_example": '{setting: "Care home", led_by: "Domestic"}',
    "sources": '[{text: "Who. What. Where, year.", supports: "what of this page"}]',
    "made_from": "[slug-of-the-tool]",
    "licence": "CC BY 4.0",
    "form": "the sheet, part by part: see docs/editor-guide.md",
    "lesson": "what to take from it, in one or two short sentences",
    "where": "who and where, as shown",
    "organisation": "a value of organisations.tsv",
    "setting": "a value of settings.tsv",
    "years": "when",
    "outcome": "worked, partly-worked, not-sustained, did-not-work, made-worse or stopped-early",
    "evidence_grade": "A, B or C",
    "evidence_why": "one sentence",
    "crosses_organisations": "true or false",
    "patients_part": "what patients or carers did in it, or: None mentioned.",
    "citation": "who, what, where and the year, so that a reader finds the very paper",
    "likely_stage": "the step of the roadmap to begin with",
    "tools": "[slug, slug, slug]",
    "examples": "[slug], or []",
    "done_when": "one sentence",
    "starters": "[slug, slug, slug]",
}
# Fields that a kind need not have and most of its pages do.
# Fields that some pages of a kind have: they stand in the file as remarks.
_MAY_HAVE = {
    "aliases": '["…"]: other names, for the search',
    "core": "true, for a tool of the core suite",
    "time": "how long, in a few words: shown in place of minutes",
    "ask": "whom to ask first, in a few words",
    "sources_read_on": "the day on which you really read the sources",
    "method": "the method's own name",
    "people_say": '["…", "…"]: things that staff say when this page would help',
    "links": "{next: [slug], goes-with: [slug], instead: [slug]}",
    "landscape": "true, for a sheet on its side",
    "link_that_broke": "the part that broke, where it did not simply work: see docs/editor-guide.md",
    "compare_why": "why the results of a pair may differ",
    "path": "true, for a learning path, with `pages:`",
}
_OFFERED = {"tool": ("materials", "links"), "material": ("form",), "guide": ("sources",), "thread": ("sources",)}


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
    path.write_text(_skeleton(kind, slug, code, date.today()), encoding="utf-8", newline="\n")
    begun = f"begun with the code {code}" if code else "begun"
    return f"{path}: {begun}. Fill in the fields, then run: ilsy-pack check"


def _skeleton(kind: str, slug: str, code: str, today: date) -> str:
    given = {
        "kind": kind,
        "slug": slug,
        "code": code,
        "status": "draft",
        "revised_on": today.isoformat(),
        "added_on": today.isoformat(),
        "review_due": f"{today.year + _YEARS_TO_REVIEW}-{today.month:02}-{min(today.day, 28):02}",
    }
    first = ("kind", "slug", *(["code"] if code else []), "title")
    wanted = (*KINDS[kind].required, *_OFFERED.get(kind, ()), "added_on")
    fields = [*first, *(name for name in wanted if name not in first)]
    lines = [f"{name}: {given[name]}" if name in given else _empty(name) for name in fields]
    may_have = [name for name in _MAY_HAVE if name in KINDS[kind].optional and name not in fields]
    lines += [f"# {name}:  # {_MAY_HAVE[name]}" for name in may_have]
    parts = [f"## {heading}\n\n" for heading in HEADINGS.get(kind, ())]
    return "\n".join(["---", *lines, "---", "", *parts])


def _empty(name: str) -> str:
    return f"{name}:  # {_HINTS[name]}" if name in _HINTS else f"{name}:"


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
