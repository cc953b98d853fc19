"""What the command line shows of a pack: what a search found, one page, and how much there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from content_pack.build.reading_grade import reading_grade

if TYPE_CHECKING:
    from content_pack.item import Item
    from content_pack.reader import Pack
    from content_pack.results import SearchPage


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
    """How much there is of what, what is still promised, and where examples are missing."""
    info = pack.info
    waiting = pack.rows("SELECT value FROM meta WHERE key = 'waiting_links'")
    planned = sum(count for (count,) in pack.rows("SELECT count(*) FROM planned"))
    lines = [f"{info.name} {info.version} of {info.dated}"]
    lines += [f"{kind}: {count}" for kind, count in sorted(info.counts.items())]
    lines.append(f"drafts: {info.drafts}")
    lines.append(f"planned pages: {planned}")
    lines += [f"links to pages not written yet, set as plain text: {number}" for (number,) in waiting]
    return "\n".join([*lines, *_grades(pack), *_examples(pack)])


def _grades(pack: Pack) -> list[str]:
    grades: dict[str, list[tuple[float, str]]] = {}
    for summary in pack.items(kind="tool"):
        grade = reading_grade(pack.item(summary.slug).blocks)
        if grade is not None:
            grades.setdefault(summary.level, []).append((grade, summary.slug))
    return [
        f"reading grade of {level} tools: mean {sum(g for g, _ in found) / len(found):.1f}, "
        f"highest {max(found)[0]:.1f} ({max(found)[1]})"
        for level, found in grades.items()
    ]


def _examples(pack: Pack) -> list[str]:
    examples = pack.items(kind="example")
    outcomes = Counter(example.outcome for example in examples)
    places = Counter(example.organisation for example in examples)
    areas = pack.areas()
    lines = [f"examples, {label}: {outcomes[value]}" for value, label in pack.labels("outcome").items()]
    lines += [
        f"examples, {label}: {places[value] or 'none yet'}"
        for value, label in pack.labels("organisation").items()
        if areas[value] == "South Yorkshire"
    ]
    return lines
