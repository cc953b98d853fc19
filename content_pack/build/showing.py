"""What the command line shows of a pack: what a search found, one page, and how much there is."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from content_pack.build.reading_grade import reading_grade

if TYPE_CHECKING:
    from content_pack.item import Item
    from content_pack.reader import Pack
    from content_pack.results import SearchPage


OURS = "South Yorkshire"


def found_as_data(page: SearchPage) -> dict[str, Any]:
    """The answer to a search under its Python names."""
    return asdict(page)


def as_text(item: Item) -> str:
    """A page with its head and its body, as lines of text."""
    head = [f"{item.code} {item.title}".strip(), item.method, f"{item.kind}/{item.slug}", item.summary]
    facts = [f"{name}: {value}" for name in _SHOWN if (value := _plain(getattr(item, name)))]
    links = [f"{relation}: {', '.join(slugs)}" for relation, slugs in item.links.items()]
    files = [f"file: {asset.path} ({asset.role}, {asset.pages} pages)" for asset in item.assets]
    sources = [f"source: {source.text}" for source in item.sources]
    return "\n".join([line for line in head if line] + [""] + facts + links + files + sources + ["", item.text])


_SHOWN = (
    "level", "stages", "minutes", "group", "outcome", "evidence_grade", "evidence_why", "organisation", "setting",
    "years", "citation", "status", "revised_on", "sources_read_on", "review_due",
)  # fmt: skip


def _plain(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def statistics(pack: Pack) -> str:
    """How much there is of what, how it reads, what is still promised, and where examples are missing."""
    info = pack.info
    lines = [f"{info.name} {info.version} of {info.dated}"]
    lines += [f"{kind}: {count}" for kind, count in sorted(info.counts.items())]
    lines.append(f"drafts: {info.drafts}")
    return "\n".join([*lines, *_grades(pack), *_examples(pack), *_planned(pack)])


def _grades(pack: Pack) -> list[str]:
    """Mean and highest grade of each level, over all pages and for each kind."""
    grades: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for summary in pack.items():
        grade = reading_grade(pack.item(summary.slug).blocks)
        if summary.level and grade is not None:
            for kind in ("page", summary.kind):
                grades.setdefault((kind, summary.level), []).append((grade, summary.slug))
    levels = list(pack.labels("level"))
    in_order = sorted(grades.items(), key=lambda entry: (entry[0][0] != "page", entry[0][0], levels.index(entry[0][1])))
    return [
        f"reading grade of {level} {kind}s: mean {sum(g for g, _ in found) / len(found):.1f}, "
        f"highest {max(found)[0]:.1f} ({max(found)[1]})"
        for (kind, level), found in in_order
    ]


def _examples(pack: Pack) -> list[str]:
    examples = pack.items(kind="example")
    outcomes = Counter(example.outcome for example in examples)
    places = Counter(example.organisation for example in examples)
    areas = pack.areas()
    ours = {value: label for value, label in pack.labels("organisation").items() if areas[value] == OURS}
    missing = [value for value in ours if not places[value]]
    return [
        *(f"examples, {label}: {outcomes[value]}" for value, label in pack.labels("outcome").items()),
        *(f"examples, {label}: {places[value] or 'none yet'}" for value, label in ours.items()),
        f"examples from {OURS}: {sum(places[value] for value in ours)}; "
        f"organisations without one: {len(missing)} of {len(ours)}",
    ]


def _planned(pack: Pack) -> list[str]:
    """What is promised, and which links wait for it."""
    planned = sum(count for (count,) in pack.rows("SELECT count(*) FROM planned"))
    lines = [f"planned pages: {planned}"]
    for (number,) in pack.rows("SELECT value FROM meta WHERE key = 'waiting_links'"):
        lines.append(f"links to pages not written yet, set as plain text: {number}")
    for (waiting,) in pack.rows("SELECT value FROM meta WHERE key = 'waiting'"):
        wanted: dict[int, list[str]] = {}
        for slug, number in sorted(json.loads(waiting).items()):
            wanted.setdefault(number, []).append(slug)
        lines += [
            f"only planned, with {number} link{'s' * (number > 1)}: {', '.join(wanted[number])}"
            for number in sorted(wanted, reverse=True)
        ]
    return lines
