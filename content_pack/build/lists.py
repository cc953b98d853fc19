"""The closed lists and small tables of the content folder: codes, settings, organisations, the roadmap …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from content_pack.build.cache import key_of
from content_pack.build.complaints import Complaint, Refused
from content_pack.build.sources import Unreadable, read_text, read_yaml
from content_pack.build.typography import set_marks
from content_pack.build.values import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

_TABLES = {
    "codes.tsv": ("code", "slug", "kind", "withdrawn_on"),
    "planned.tsv": ("slug", "kind", "title"),
    "redirects.tsv": ("old", "slug"),
    "withdrawn.tsv": ("slug", "withdrawn_on", "why", "see_instead"),
    "settings.tsv": ("value", "label"),
    "organisations.tsv": ("value", "label", "sector", "area"),
    "lint/abbreviations.tsv": ("abbreviation", "means"),
    "lint/american.tsv": ("word", "write"),
    "lint/brands.tsv": ("name", "write"),
}
_KEYS = {"codes.tsv": ("code", "slug"), "redirects.tsv": ("old",)}
# The files of a content folder that stand beside its folders.
FILES = (*(name for name in _TABLES if "/" not in name), "roadmap.yaml", "pack.yaml")
AREAS = ("South Yorkshire", "Yorkshire", "England", "UK", "Abroad")
PARTS = ("gate", "stage", "thread")
# The kinds that have codes, each with the letter that its codes begin with.
LETTERS = {"stage": "S", "tool": "T", "example": "E", "material": "M", "guide": "G", "term": "W"}
_NAMES = ("code ", "slug ")  # how a complaint about the first cells of a row begins
_KINDS = (*LETTERS, "thread", "problem")
_STEP = ("slug", "part", "name", "purpose")
_LABEL = ("name", "version", "dated", "licence")
_SLUG_WORDS = "small letters, digits and single hyphens, such as run-chart"
_DAY_WORDS = "a day of the calendar as 2026-11-24"


def is_day(words: str) -> bool:
    """Whether this is a day of the calendar, written as 2026-11-24."""
    try:
        return bool(DAY.fullmatch(words) and date.fromisoformat(words))
    except ValueError:
        return False


# What a cell of a table holds: which table and column, whether it fits, what to write.
_CELLS: tuple[tuple[str, str, Callable[[str], object], str], ...] = (
    ("codes.tsv", "code", re.compile(r"[A-Z]\d{1,4}").fullmatch, "a capital letter and a number, such as T24"),
    ("codes.tsv", "slug", SLUG.fullmatch, _SLUG_WORDS),
    ("codes.tsv", "kind", LETTERS.__contains__, "one of " + ", ".join(LETTERS)),
    ("codes.tsv", "withdrawn_on", lambda words: not words or is_day(words), f"nothing, or {_DAY_WORDS}"),
    ("planned.tsv", "slug", SLUG.fullmatch, _SLUG_WORDS),
    ("planned.tsv", "kind", _KINDS.__contains__, "one of " + ", ".join(_KINDS)),
    ("planned.tsv", "title", bool, "the title that the page will have"),
    ("redirects.tsv", "old", SLUG.fullmatch, _SLUG_WORDS),
    ("withdrawn.tsv", "withdrawn_on", is_day, _DAY_WORDS),
    ("withdrawn.tsv", "why", bool, "why the page went, in a few words"),
    ("settings.tsv", "value", SLUG.fullmatch, _SLUG_WORDS),
    ("settings.tsv", "label", bool, "the words that readers see"),
    ("organisations.tsv", "value", SLUG.fullmatch, _SLUG_WORDS),
    ("organisations.tsv", "label", bool, "the words that readers see"),
    ("organisations.tsv", "area", AREAS.__contains__, "one of " + ", ".join(AREAS)),
    ("lint/american.tsv", "write", bool, "the British form"),
    ("lint/brands.tsv", "write", bool, "the plain word for it"),
)


@dataclass(frozen=True)
class Row:
    """One line of a table, with the place where it stands."""

    file: str
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


@dataclass(frozen=True)
class Lists:
    """Everything in the content folder that is not a page, each table keyed by its first word.

    `codes` is keyed by slug. `abbreviations` need no opening, `american` and `brands` have other words for
    theirs. `pack` holds name, version, dated and licence of the pack. `digest` is one of all but that.
    """

    codes: Mapping[str, Row]
    planned: Mapping[str, Row]
    redirects: Mapping[str, Row]
    withdrawn: Mapping[str, Row]
    settings: Mapping[str, Row]
    organisations: Mapping[str, Row]
    abbreviations: Mapping[str, Row]
    american: Mapping[str, Row]
    brands: Mapping[str, Row]
    roadmap: Mapping[str, Row]
    pack: Mapping[str, str]
    digest: str

    def steps(self, kind: str) -> tuple[str, ...]:
        """The slugs of the roadmap whose pages are of this kind, in order: stage (the gate, too) or thread."""
        return tuple(slug for slug, step in self.roadmap.items() if kind_of_step(step["part"]) == kind)


def kind_of_step(part: str) -> str:
    """The kind of page that a part of the roadmap (gate, stage, thread) has."""
    return "thread" if part == "thread" else "stage"


def read_lists(folder: Path, shown: str, complaints: list[Complaint]) -> Lists:
    """Read the lists of a content folder, adding to `complaints` what is wrong in them.

    Raises Unreadable when one of the files cannot be read at all, and Refused when the roadmap has a fault: every
    page hangs on it, and would be complained of as well.
    """
    tables = {
        name: _read_table(folder / name, f"{shown}/{name}", columns, complaints) for name, columns in _TABLES.items()
    }
    by_key = {}
    for name, rows in tables.items():
        for key in _KEYS.get(name, (_TABLES[name][0],)):
            by_key[name] = _keyed(rows, key, complaints)
    roadmap = _read_roadmap(folder / "roadmap.yaml", f"{shown}/roadmap.yaml")
    return Lists(
        codes=by_key["codes.tsv"],
        planned=by_key["planned.tsv"],
        redirects=by_key["redirects.tsv"],
        withdrawn=by_key["withdrawn.tsv"],
        settings=by_key["settings.tsv"],
        organisations=by_key["organisations.tsv"],
        abbreviations=by_key["lint/abbreviations.tsv"],
        american=by_key["lint/american.tsv"],
        brands=by_key["lint/brands.tsv"],
        roadmap=roadmap,
        pack=_read_pack(folder / "pack.yaml", f"{shown}/pack.yaml", complaints),
        digest=key_of((folder / name).read_bytes() for name in (*_TABLES, "roadmap.yaml")),
    )


def _read_table(path: Path, shown: str, columns: tuple[str, ...], complaints: list[Complaint]) -> list[Row]:
    lines = read_text(path, shown).split("\n")
    if tuple(lines[0].split("\t")) != columns:
        write = "write " + ", ".join(columns) + " with a tab between"
        raise Unreadable(Complaint(shown, 1, "the first line must name the columns", write))
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if not line:
            continue
        if len(cells) != len(columns):
            complaints.append(Complaint(shown, number, *wrong_cells(line, cells, columns)))
            continue
        row = Row(shown, number, dict(zip(columns, [set_marks(cell.strip()) for cell in cells], strict=True)))
        wrong = _wrong_words(row)
        complaints += wrong
        if not any(said.wrong.startswith(_NAMES) for said in wrong):  # a row without a name is none
            rows.append(row)
    return rows


def wrong_cells(line: str, cells: list[str], columns: tuple[str, ...]) -> tuple[str, str]:
    """What is wrong with a line that has too few or too many cells, and what to write."""
    names = ", ".join(f"“{name}”" for name in columns)
    wrong = f"the line has {len(cells)} cell{'s' * (len(cells) != 1)}, not {len(columns)}"
    if len(cells) == 1 and "  " in line:
        wrong += ": blanks stand between them in place of tabs"
    return wrong, f"write {names} with one tab between (and a tab before an empty cell at the end)"


def _wrong_words(row: Row) -> list[Complaint]:
    """What is wrong in the cells of a row, at most one thing."""
    for table, column, fits, write in _CELLS:
        if row.file.endswith(f"/{table}") and not fits(row[column]):
            meant = nearest(row[column], write.removeprefix("one of ").split(", ")) if "one of" in write else ""
            wanted = f"“{meant}” as its {column}" if meant else write
            wanted += ", without quotation marks" * row[column].startswith("“")
            return [Complaint(row.file, row.line, f"{column} “{row[column]}” does not fit", f"write {wanted}")]
    if row.file.endswith("/codes.tsv") and row["code"][0] != LETTERS[row["kind"]]:
        wrong = f"{row['code']} is not the code of a {row['kind']}"
        write = f"write a code that begins with {LETTERS[row['kind']]}, or another kind"
        return [Complaint(row.file, row.line, wrong, write)]
    return []


def _keyed(rows: list[Row], key: str, complaints: list[Complaint]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if row[key] in found:
            wrong = f"{row[key]} stands already on line {found[row[key]].line}"
            complaints.append(Complaint(row.file, row.line, wrong, f"give it another {key}, or take the line out"))
        found.setdefault(row[key], row)
    return found


def _read_roadmap(path: Path, shown: str) -> dict[str, Row]:
    """The steps of the roadmap by their slugs. Raises Unreadable, or Refused."""
    steps, lines = read_yaml(read_text(path, shown), shown)
    roadmap: dict[str, Row] = {}
    complaints: list[Complaint] = []
    for index, step in enumerate(steps if isinstance(steps, list) else []):
        if wrong := _wrong_step(step, roadmap):
            complaints.append(Complaint(shown, lines[index,], *wrong))
        else:
            words = {name: set_marks(words) for name, words in step.items()}
            roadmap[step["slug"]] = Row(shown, lines[index,], words)
    if not roadmap and not complaints:
        write = "write its gate, its stages and its threads, each with " + ", ".join(_STEP)
        complaints.append(Complaint(shown, 1, "the roadmap has no step", write))
    if complaints:
        raise Refused(complaints)
    return roadmap


def _wrong_step(step: object, before: Mapping[str, Row]) -> tuple[str, str] | None:
    """What is wrong with a step of the roadmap, and what to write."""
    if (
        not isinstance(step, dict)
        or set(step) != set(_STEP)
        or not all(isinstance(v, str) and v for v in step.values())
    ):
        names = list(step) if isinstance(step, dict) else []
        missing = [name for name in _STEP if name not in names or not step[name]] if isinstance(step, dict) else []
        extra = [name for name in names if name not in _STEP]
        said = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has {', '.join(extra)}"] * bool(extra)
        wrong = "this step lacks a field or has one too many" + (f": it {' and '.join(said)}" if said else "")
        return wrong, "write " + ", ".join(_STEP) + ", each with a text"
    if step["part"] not in PARTS:
        return f"part “{step['part']}” is not known", "write one of " + ", ".join(PARTS)
    if not SLUG.fullmatch(step["slug"]):
        return f"slug “{step['slug']}” does not fit", f"write {_SLUG_WORDS}"
    if step["slug"] in before:
        return f"the step {step['slug']} stands already on line {before[step['slug']].line}", "give it its own slug"
    return None


def _read_pack(path: Path, shown: str, complaints: list[Complaint]) -> dict[str, str]:
    values, lines = read_yaml(read_text(path, shown), shown)
    pack = values if isinstance(values, dict) else {}
    version = re.compile(r"\d{4}\.(?:1[0-2]|[1-9])\.\d+")
    rules: dict[str, tuple[Callable[[str], object], str]] = {
        "version": (version.fullmatch, "2026.11.1 (year, month, number)"),
        "dated": (is_day, "2026-11-24"),
    }
    before = len(complaints)
    misspelt = {name: nearest(name, set(_LABEL) - set(pack)) for name in pack if name not in _LABEL}
    for name, meant in misspelt.items():
        write = f"write {meant}:" if meant else "take it out; there are " + ", ".join(_LABEL)
        complaints.append(Complaint(shown, lines[name,], f"there is no field {name}", write))
    for name in _LABEL:
        fits, example = rules.get(name, (bool, "a text"))
        if not isinstance(pack.get(name), str) or not fits(pack[name]):
            pack[name] = ""
            if name not in misspelt.values():
                line = lines.get((name,), 1)
                complaints.append(Complaint(shown, line, f"{name} is missing or malformed", f"write {name}: {example}"))
    month = f"{pack['dated'][:4]}.{pack['dated'][5:7].lstrip('0')}."
    if len(complaints) == before and not pack["version"].startswith(month):
        wrong = f"the version is {pack['version']}, and dated says {pack['dated']}"
        write = f"write a version that begins with {month}, or the day of this version"
        complaints.append(Complaint(shown, lines["version",], wrong, write, advice=True))
    return {name: pack[name] for name in _LABEL}
