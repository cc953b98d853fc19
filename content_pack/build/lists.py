"""The closed lists and small tables of the content folder: codes, settings, organisations, the roadmap …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content_pack.build.cache import key_of
from content_pack.build.complaints import Complaint
from content_pack.build.sources import Unreadable, read_text, read_yaml
from content_pack.build.typography import set_marks

if TYPE_CHECKING:
    from collections.abc import Mapping
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
_STEP = ("slug", "part", "name", "purpose")
_LABEL = ("name", "version", "dated", "licence")


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

    Raises Unreadable when one of the files cannot be read at all.
    """
    tables = {
        name: _read_table(folder / name, f"{shown}/{name}", columns, complaints) for name, columns in _TABLES.items()
    }
    by_key = {}
    for name, rows in tables.items():
        for key in _KEYS.get(name, (_TABLES[name][0],)):
            by_key[name] = _keyed(rows, key, complaints)
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
        roadmap=_read_roadmap(folder / "roadmap.yaml", f"{shown}/roadmap.yaml", complaints),
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
            wrong = f"the line has {len(cells)} cells, not {len(columns)}"
            complaints.append(Complaint(shown, number, wrong, "write " + ", ".join(columns)))
        else:
            words = [set_marks(cell.strip()) for cell in cells]
            rows.append(Row(shown, number, dict(zip(columns, words, strict=True))))
    return rows


def _keyed(rows: list[Row], key: str, complaints: list[Complaint]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if row[key] in found:
            wrong = f"{row[key]} stands already on line {found[row[key]].line}"
            complaints.append(Complaint(row.file, row.line, wrong, f"give it another {key}"))
        found[row[key]] = row
    return found


def _read_roadmap(path: Path, shown: str, complaints: list[Complaint]) -> dict[str, Row]:
    steps, lines = read_yaml(read_text(path, shown), shown)
    roadmap = {}
    for index, step in enumerate(steps if isinstance(steps, list) else []):
        line = lines[index,]
        if isinstance(step, dict) and set(step) == set(_STEP) and all(isinstance(v, str) for v in step.values()):
            roadmap[step["slug"]] = Row(shown, line, {name: set_marks(words) for name, words in step.items()})
        else:
            write = "write " + ", ".join(_STEP) + ", each with a text"
            complaints.append(Complaint(shown, line, "this step lacks a field or has one too many", write))
    if not roadmap:
        complaints.append(Complaint(shown, 1, "the roadmap has no step", "write its gate and its stages"))
    return roadmap


def _read_pack(path: Path, shown: str, complaints: list[Complaint]) -> dict[str, str]:
    values, lines = read_yaml(read_text(path, shown), shown)
    pack = values if isinstance(values, dict) else {}
    rules = {"version": (re.compile(r"\d{4}\.\d{1,2}\.\d+"), "2026.11.1"), "dated": (DAY, "2026-11-24")}
    for name in _LABEL:
        pattern, example = rules.get(name, (re.compile(".+"), "a text"))
        if not isinstance(pack.get(name), str) or not pattern.fullmatch(pack[name]):
            line = lines.get((name,), 1)
            complaints.append(Complaint(shown, line, f"{name} is missing or malformed", f"write {name}: {example}"))
            pack[name] = ""
    return {name: pack[name] for name in _LABEL}
