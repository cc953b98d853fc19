"""Which fields each kind of page has, which of them it needs, and what their values look like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from content_pack.build.charts import read_charts
from content_pack.build.forms import read_easy, read_form
from content_pack.build.lists import DAY, LETTERS, SLUG, is_day
from content_pack.build.values import Unfit, flag, nearest, text, texts, whole
from content_pack.labels import LINKS_THAT_BREAK

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
RELATIONS = ("next", "goes-with", "instead", "compare", "same-idea")
MOST_TOOLS = 3  # that a problem page offers
LONGEST_SLUG = 70
LONGEST_TITLE = 90  # letters, as those below
LONGEST_SHORT = 110
_NO_TITLES = ("yes", "no", "true", "false", "on", "off", "null", "none", "title")
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


def _title(value: Any) -> str:
    words = text(value)
    if words.lower() in _NO_TITLES or words.isdigit():
        raise Unfit("write a title in plain words, such as: Find the causes")
    if len(words) > LONGEST_TITLE:
        raise Unfit(f"write at most {LONGEST_TITLE} letters; there are {len(words)}")
    return words


def _short(value: Any) -> str:
    words = text(value)
    if len(words) > LONGEST_SHORT:
        raise Unfit(f"write at most {LONGEST_SHORT} letters; there are {len(words)}")
    return words


def _slugs(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Unfit("write slugs in brackets: [run-chart, pdsa]")
    return tuple(map(_slug, value))


def _stages(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Unfit("write steps of the roadmap in brackets, such as [test] or [understand, measure], or []")
    return tuple(map(_slug, value))


def _some_slugs(value: Any) -> tuple[str, ...]:
    if not (slugs := _slugs(value)):
        raise Unfit("write at least one slug in brackets: [run-chart]")
    return slugs


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
    if not is_day(words):
        no_day = f"write a day that is in the calendar: there is no {words}"
        raise Unfit(no_day if DAY.fullmatch(words) else "write a date as 2026-11-24")
    return words


def _span(value: Any) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise Unfit("write the lowest and the highest whole number in brackets: [15, 30]")
    low, high = (_number(entry, place) for place, entry in enumerate(value))
    if low > high:
        raise Unfit("write the lower number first: [15, 30]")
    return low, high


def _number(entry: Any, place: int) -> int:
    try:
        return whole(entry)
    except Unfit as unfit:
        raise Unfit(str(unfit), place) from unfit


def _links(value: Any) -> dict[str, tuple[str, ...]]:
    example = "write {next: [slug], goes-with: [slug, slug]}"
    if not isinstance(value, dict):
        raise Unfit(example)
    unknown = [relation for relation in value if relation not in RELATIONS]
    if unknown:
        meant = nearest(unknown[0], RELATIONS) or "one of " + ", ".join(RELATIONS)
        raise Unfit(f"write {meant} instead of {unknown[0]}")
    return {relation: _slugs(slugs) for relation, slugs in sorted(value.items())}


def _maps(*names: str) -> Callable[[Any], tuple[dict[str, str], ...]]:
    one = _map(*names)

    def read(value: Any) -> tuple[dict[str, str], ...]:
        if not isinstance(value, list) or not value:
            raise Unfit("write a list, each entry with " + " and ".join(f"`{name}:`" for name in names))
        entries = []
        for place, entry in enumerate(value):
            try:
                entries.append(one(entry))
            except Unfit as unfit:
                raise Unfit(str(unfit), place, *unfit.where) from unfit
        return tuple(entries)

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
    "title": _title,
    "method": text,
    "aliases": texts,
    "summary": text,
    "people_say": texts,
    "stages": _stages,
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
    "time": _short,
    "ask": _short,
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
    "link_that_broke": _one_of(*LINKS_THAT_BREAK),
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
    "made_from": _some_slugs,
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
    "stage": Kind(
        "stages", LETTERS["stage"], (*_PRINTED, "done_when", "starters"), (*_COMMON, "sources", "sources_none")
    ),
    "tool": Kind(
        "tools",
        LETTERS["tool"],
        (*_PRINTED, "method", "people_say", "minutes", "group", "sources", "worked_example"),
        (*_COMMON, "core", "time", "ask", "materials", "charts"),
    ),
    "example": Kind(
        "examples",
        LETTERS["example"],
        (
            *_PRINTED, "lesson", "where", "organisation", "setting", "years", "outcome", "evidence_grade",
            "evidence_why", "crosses_organisations", "patients_part", "citation", "people_say",
        ),
        (*_COMMON, "link_that_broke", "tools", "compare_why"),
    ),
    "material": Kind(
        "materials",
        LETTERS["material"],
        (*_PRINTED, "made_from", "licence"),
        (*_COMMON, "form", "landscape", "spreadsheet", "easy_read"),
    ),
    "guide": Kind(
        "guides", LETTERS["guide"], _PRINTED, (*_COMMON, "sources", "sources_none", "path", "pages", "charts")
    ),
    "thread": Kind("threads", "", _PLACED, (*_COMMON, "sources", "sources_none")),
    "problem": Kind(
        "problems",
        "",
        (*_HEAD, "people_say", "likely_stage", "tools", "examples", "links"),
        (*_COMMON, "review_due", "unsafe", "order"),
        prints=False,
        special={"tools": _few_slugs},
    ),
    "term": Kind("terms", LETTERS["term"], (*_HEAD, "code"), (*_COMMON, "level", "stages", "review_due"), prints=False),
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
    """Read the fields of a source by the table of its kind; None where even kind or slug are not known.

    A page in the folder of another kind is not read either: every rule for it would ask for the wrong thing.
    """
    name = source.front.get("kind", "")
    kind = KINDS.get(name) if isinstance(name, str) else None
    here = next((of for of, known in KINDS.items() if known.folder == source.folder), "")
    if kind is None:
        shown = f"`{name}` is no kind of page" if name and isinstance(name, str) else "the field kind is missing"
        write = f"write `kind: {here}`, the kind of the folder {source.folder}"
        complaints.append(source.complaint(source.line("kind"), shown, write))
        return None
    if here and here != name:
        wrong = f"a {name} stands in the folder {source.folder}"
        write = f"write `kind: {here}`, or move the file to {kind.folder}"
        complaints.append(source.complaint(source.line("kind"), wrong, write))
        return None
    values = _values(source, name, kind, complaints)
    return Page(source, name, values["slug"], values) if "slug" in values else None


def _values(source: Source, of: str, kind: Kind, complaints: list[Complaint]) -> dict[str, Any]:
    values = {}
    missing = sorted(set(kind.required) - set(source.front))
    for name, value in source.front.items():
        if name not in (*kind.required, *kind.optional):
            complaints.append(_unknown(source, of, kind, name, missing))
            continue
        if {"form", "easy_read"} <= set(source.front) and name in ("form", "easy_read"):
            continue
        try:
            values[name] = (kind.special.get(name) or FIELDS[name])(value)
        except Unfit as unfit:
            wrong = unfit.wrong(name) if value else f"the field {name} is empty"
            complaints.append(source.complaint(source.line(name, *unfit.where), wrong, str(unfit)))
    for name in missing:
        write = f"write `{name}: …` between the lines of three hyphens"
        complaints.append(source.complaint(1, f"the field {name} is missing", write))
    return values


def _unknown(source: Source, of: str, kind: Kind, name: str, missing: list[str]) -> Complaint:
    """A field that the kind does not have. One that was meant and misspelt is taken from `missing`."""
    allowed = (*kind.required, *kind.optional)
    meant = nearest(name, missing) or nearest(name, set(allowed) - set(source.front))
    if meant in missing:
        missing.remove(meant)
    if meant:
        small = ", in small letters" if meant == name.lower() else ""
        return source.complaint(source.line(name), f"a {of} has no field {name}", f"write `{meant}:`{small}")
    write = "take it out, or spell it as one of " + ", ".join(sorted(allowed))
    return source.complaint(source.line(name), f"a {of} has no field {name}", write)
