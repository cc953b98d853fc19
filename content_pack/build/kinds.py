"""Which fields each kind of page has, which of them it needs, and what their values look like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from content_pack.build.charts import read_charts
from content_pack.build.forms import read_easy, read_form
from content_pack.build.lists import DAY, SLUG
from content_pack.build.values import Unfit, flag, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from content_pack.build.complaints import Complaint
    from content_pack.build.sources import Source

LEVELS = {"introductory": "Introductory", "intermediate": "Intermediate", "advanced": "Advanced"}
OUTCOMES = {
    "worked": "Worked",
    "partly-worked": "Partly worked",
    "not-sustained": "Did not last",
    "did-not-work": "Did not work",
    "made-worse": "Made worse",
    "stopped-early": "Stopped early",
}
BROKEN_LINKS = (
    "wrong-problem",
    "weak-idea",
    "not-delivered",
    "too-small-to-see",
    "context-changed",
    "people-and-time",
    "data",
)
RELATIONS = ("next", "goes-with", "instead", "compare", "same-idea")
MOST_TOOLS = 3  # that a problem page offers
LONGEST_SLUG = 70
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")


def _one_of(*values: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in values:
            raise Unfit("write one of " + ", ".join(values))
        return text(value)

    return read


def _slug(value: Any) -> str:
    words = text(value)
    if not SLUG.fullmatch(words) or len(words) > LONGEST_SLUG or _DEVICE.fullmatch(words):
        raise Unfit(f"write small letters, digits and single hyphens, at most {LONGEST_SLUG}: run-chart")
    return words


def _slugs(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Unfit("write slugs in brackets: [run-chart, pdsa]")
    return tuple(map(_slug, value))


def _few_slugs(value: Any) -> tuple[str, ...]:
    slugs = _slugs(value)
    if not 1 <= len(slugs) <= MOST_TOOLS:
        raise Unfit(f"write one to {MOST_TOOLS} slugs")
    return slugs


def _code(value: Any) -> str:
    words = text(value)
    if not re.fullmatch(r"[A-Z]\d{1,4}", words):
        raise Unfit("write the capital letter and the number from codes.tsv: T24")
    return words


def _day(value: Any) -> str:
    words = text(value)
    if not DAY.fullmatch(words):
        raise Unfit("write a date as 2026-11-24")
    return words


def _span(value: Any) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise Unfit("write the lowest and the highest whole number in brackets: [15, 30]")
    low, high = whole(value[0]), whole(value[1])
    if low > high:
        raise Unfit("write the lower number first: [15, 30]")
    return low, high


def _links(value: Any) -> dict[str, tuple[str, ...]]:
    example = "write {next: [slug], goes-with: [slug, slug]}"
    if not isinstance(value, dict):
        raise Unfit(example)
    unknown = [relation for relation in value if relation not in RELATIONS]
    if unknown:
        raise Unfit(f"write one of {', '.join(RELATIONS)} instead of {unknown[0]}")
    return {relation: _slugs(slugs) for relation, slugs in sorted(value.items())}


def _maps(*names: str) -> Callable[[Any], tuple[dict[str, str], ...]]:
    one = _map(*names)

    def read(value: Any) -> tuple[dict[str, str], ...]:
        if not isinstance(value, list) or not value:
            raise Unfit("write a list, each entry with " + " and ".join(f"`{name}:`" for name in names))
        return tuple(map(one, value))

    return read


def _map(*names: str) -> Callable[[Any], dict[str, str]]:
    def read(value: Any) -> dict[str, str]:
        if not isinstance(value, dict) or set(value) != set(names):
            raise Unfit("write " + " and ".join(f"`{name}:`" for name in names) + ", and nothing else")
        return {name: text(value[name]) for name in names}

    return read


# Every field, and what reads its value. The same word stands in front matter, model, SQL and API.
FIELDS: dict[str, Callable[[Any], Any]] = {
    "kind": text,
    "slug": _slug,
    "code": _code,
    "title": text,
    "method": text,
    "aliases": texts,
    "summary": text,
    "people_say": texts,
    "stages": _slugs,
    "level": _one_of(*LEVELS),
    "core": flag,
    "status": _one_of("draft", "reviewed"),
    "revised_on": _day,
    "sources_read_on": _day,
    "review_due": _day,
    "reviewed_on": _day,
    "added_on": _day,
    "links": _links,
    "minutes": _span,
    "group": _span,
    "time": text,
    "ask": text,
    "materials": _slugs,
    "worked_example": _map("setting", "led_by"),
    "sources": _maps("text", "supports"),
    "sources_none": text,
    "lesson": text,
    "where": text,
    "organisation": text,
    "setting": text,
    "years": text,
    "outcome": _one_of(*OUTCOMES),
    "evidence_grade": _one_of("A", "B", "C"),
    "evidence_why": text,
    "link_that_broke": _one_of(*BROKEN_LINKS),
    "tools": _slugs,
    "examples": _slugs,
    "likely_stage": _slug,
    "unsafe": flag,
    "order": whole,
    "path": flag,
    "pages": _slugs,
    "compare_why": text,
    "crosses_organisations": flag,
    "patients_part": text,
    "citation": text,
    "done_when": text,
    "starters": _slugs,
    "made_from": _slugs,
    "licence": text,
    "landscape": flag,
    "spreadsheet": flag,
    "form": read_form,
    "easy_read": read_easy,
    "charts": read_charts,
}

_HEAD = ("kind", "slug", "title", "summary", "status", "revised_on")
_PLACED = (*_HEAD, "level", "stages", "review_due")
_PRINTED = (*_PLACED, "code")
_COMMON = ("method", "aliases", "people_say", "sources_read_on", "reviewed_on", "added_on", "links")


@dataclass(frozen=True)
class Kind:
    """The folder, code letter, required and further allowed fields of a kind; `prints` says it has a PDF.

    A kind without a letter has no codes. `special` reads fields that mean something else in this kind.
    """

    folder: str
    letter: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    prints: bool = True
    special: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


KINDS = {
    "stage": Kind("stages", "S", (*_PRINTED, "done_when", "starters"), (*_COMMON, "sources", "sources_none")),
    "tool": Kind(
        "tools",
        "T",
        (*_PRINTED, "method", "people_say", "minutes", "group", "sources", "worked_example"),
        (*_COMMON, "core", "time", "ask", "materials", "charts"),
    ),
    "example": Kind(
        "examples",
        "E",
        (
            *_PRINTED, "lesson", "where", "organisation", "setting", "years", "outcome", "evidence_grade",
            "evidence_why", "crosses_organisations", "patients_part", "citation", "people_say",
        ),
        (*_COMMON, "link_that_broke", "tools", "compare_why"),
    ),
    "material": Kind(
        "materials",
        "M",
        (*_PRINTED, "made_from", "licence"),
        (*_COMMON, "form", "landscape", "spreadsheet", "easy_read"),
    ),
    "guide": Kind("guides", "G", _PRINTED, (*_COMMON, "sources", "sources_none", "path", "pages", "charts")),
    "thread": Kind("threads", "", _PLACED, (*_COMMON, "sources", "sources_none")),
    "problem": Kind(
        "problems",
        "",
        (*_HEAD, "people_say", "likely_stage", "tools", "examples", "links"),
        (*_COMMON, "review_due", "unsafe", "order"),
        prints=False,
        special={"tools": _few_slugs},
    ),
    "term": Kind("terms", "W", (*_HEAD, "code"), (*_COMMON, "level", "stages", "review_due"), prints=False),
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A source whose fields have been read. A field that is not there is not in `values`."""

    source: Source
    kind: str
    slug: str
    values: dict[str, Any]

    def get(self, name: str, empty: Any = "") -> Any:
        """A field's value, or `empty`."""
        return self.values.get(name, empty)

    def line(self, *keys: str | int) -> int:
        """The line of a field in the file."""
        return self.source.line(*keys)


def read_page(source: Source, complaints: list[Complaint]) -> Page | None:
    """Read the fields of a source by the table of its kind; None where even kind or slug are not known."""
    name = source.front.get("kind", "")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        write = "write one of " + ", ".join(f"`kind: {known}`" for known in KINDS)
        complaints.append(source.complaint(source.line("kind"), "the kind is missing or not known", write))
        return None
    values = _values(source, name, kind, complaints)
    for missing in sorted(set(kind.required) - set(source.front)):
        write = f"write `{missing}: …` between the lines of three hyphens"
        complaints.append(source.complaint(1, f"the field {missing} is missing", write))
    return Page(source, name, values["slug"], values) if "slug" in values else None


def _values(source: Source, of: str, kind: Kind, complaints: list[Complaint]) -> dict[str, Any]:
    values = {}
    for name, value in source.front.items():
        if name not in (*kind.required, *kind.optional):
            write = "take it out, or spell it as one of " + ", ".join(sorted({*kind.required, *kind.optional}))
            complaints.append(source.complaint(source.line(name), f"a {of} has no field {name}", write))
            continue
        try:
            values[name] = (kind.special.get(name) or FIELDS[name])(value)
        except Unfit as unfit:
            wrong = unfit.wrong(name) if value else f"the field {name} is empty"
            complaints.append(source.complaint(source.line(name, *unfit.where), wrong, str(unfit)))
    return values
