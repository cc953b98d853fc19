"""What each route shows, read from a pack: plain functions that run in the pack lane, and their records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from content_pack import PackError
from ilsy_desktop.domain import texts
from ilsy_desktop.domain.routes import Route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

    from content_pack import Pack
    from content_pack.blocks import Block
    from content_pack.item import Item
    from content_pack.model import RoadmapStep, Summary
    from content_pack.results import SearchPage

NOTHING: Mapping[Any, Any] = {}
DID_NOT_WORK = ("did-not-work", "not-sustained", "made-worse", "stopped-early", "partly-worked")
HOME_SHELF = 2
SEARCH_ROWS = 20
NEW_TO_IMPROVEMENT = "guide-new-to-improvement"
EDITABLE = {"docx": "Save to edit (Word)", "xlsx": "Save to edit (Excel)"}
BEST_AMONG = 3


class HomeContent(NamedTuple):
    """The roadmap and the two shelves of the first page."""

    roadmap: tuple[RoadmapStep, ...]
    learned: tuple[Summary, ...]
    local: tuple[Summary, ...]
    without_example: tuple[str, ...]
    labels: Mapping[str, str]
    dated: str


class ArticleContent(NamedTuple):
    """A page of the library with the summaries of everything it names."""

    item: Item
    related: Mapping[str, Summary]
    labels: Mapping[str, Mapping[str, str]]
    roadmap: tuple[RoadmapStep, ...]
    at_stage: tuple[Summary, ...] = ()
    examples: tuple[Summary, ...] = ()
    pictures: Mapping[str, bytes] = NOTHING
    sheet: tuple[QImage, ...] = ()
    path: tuple[Summary, ...] = ()


class ListContent(NamedTuple):
    """A list of pages under headings, with the number of those still to come."""

    title: str
    lead: str
    groups: tuple[tuple[str, tuple[Summary, ...]], ...]
    labels: Mapping[str, Mapping[str, str]]
    planned: int = 0
    planned_words: str = ""


class SearchContent(NamedTuple):
    """The answer to a search, with the beginning of its best page."""

    query: str
    page: SearchPage | None
    labels: Mapping[str, Mapping[str, str]]
    heads: Mapping[str, Summary] = NOTHING
    best: Item | None = None
    chosen: Mapping[str, tuple[str, ...]] = NOTHING
    half_typed: bool = False


class MessageContent(NamedTuple):
    """A calm page made of words only; `blocks` may follow the sentences."""

    message: texts.Message
    blocks: tuple[Block, ...] = ()


class Editable(NamedTuple):
    """A file of the pack to fill in or change with another program, and what to call it."""

    words: str
    file_name: str
    content: bytes


class PrintContent(NamedTuple):
    """A PDF of the pack, ready to be looked at and printed, and the files to edit that go with it."""

    slug: str
    title: str
    pdf: bytes
    pages: tuple[QImage, ...]
    other: tuple[tuple[str, str], ...]
    editable: tuple[Editable, ...]


class SettingsContent:
    """The page of choices about the look; what is chosen stands in the preferences."""


class Change(NamedTuple):
    """One page that is new, changed or removed; `route` is "" where there is nothing to open."""

    change: str
    title: str
    words: str
    route: str


class UpdatesContent(NamedTuple):
    """The library in use, what was before, what changed, and when the feed was last asked.

    `came` is "program", "store" or "file"; `held` says that somebody went back. `back` is the library that one can
    go back to, and `forward` the newer one that was gone away from. `contact` is as the store keeps it.
    """

    version: str
    dated: str
    came: str
    held: bool
    back: tuple[str, str] | None
    forward: tuple[str, str] | None
    changes: tuple[Change, ...]
    changed_words: str
    contact: dict[str, Any]
    writable: bool


Content = (
    HomeContent
    | ArticleContent
    | ListContent
    | SearchContent
    | MessageContent
    | PrintContent
    | SettingsContent
    | UpdatesContent
)


def all_labels(pack: Pack) -> dict[str, dict[str, str]]:
    """The words for every closed list that pages show."""
    return {name: pack.labels(name) for name in ("outcome", "setting", "organisation", "level", "kind", "stage")}


def read_home(pack: Pack) -> HomeContent:
    """The first page: failures at the front of one shelf, South Yorkshire on the other."""
    examples = pack.items(kind="example")
    areas = pack.areas()
    organisations = pack.labels("organisation")
    local = [example for example in examples if areas.get(example.organisation) == "South Yorkshire"]
    seen = {example.organisation for example in examples}
    without = [organisations[value] for value, area in areas.items() if area == "South Yorkshire" and value not in seen]
    learned = [example for wanted in DID_NOT_WORK for example in examples if example.outcome == wanted]
    spread = _one_of_each_outcome(learned)
    return HomeContent(
        roadmap=tuple(pack.roadmap()),
        learned=tuple(spread[:HOME_SHELF]),
        local=tuple(local[:HOME_SHELF]),
        without_example=tuple(without),
        labels=pack.labels("outcome"),
        dated=pack.info.dated,
    )


def _one_of_each_outcome(examples: list[Summary]) -> list[Summary]:
    firsts = {example.outcome: example for example in reversed(examples)}
    front = [example for example in examples if firsts[example.outcome] is example]
    return front + [example for example in examples if example not in front]


def read_article(pack: Pack, route: Route) -> ArticleContent | MessageContent:
    """The page of an item; what is promised but not written gets a page that says so."""
    known = {step.slug: step for step in pack.roadmap()}
    step = known.get(route.slug)
    if step and not step.written:
        return MessageContent(texts.not_written_stage(_capital(step.name), step.purpose))
    planned = pack.planned(route.slug)
    if planned:
        return MessageContent(texts.not_written(planned.title, pack.labels("kind").get(planned.kind, "page").lower()))
    try:
        slug = pack.resolve(route.slug)
    except PackError as error:
        return MessageContent(texts.unreadable(str(error)))
    item = pack.item(slug)
    named = [slug for slugs in item.links.values() for slug in slugs]
    named += [*item.materials, *item.tools, *item.starters, *item.made_from, *item.examples, item.likely_stage]
    is_stage = item.kind == "stage"
    return ArticleContent(
        item=item,
        related={summary.slug: summary for summary in pack.summaries(dict.fromkeys(named))},
        labels=all_labels(pack),
        roadmap=tuple(known.values()),
        at_stage=tuple(pack.items(kind="tool", stage=item.slug)) if is_stage else (),
        examples=tuple(pack.items(kind="example", stage=item.slug)) if is_stage else (),
        pictures={path: pack.asset(path) for path in picture_paths(item.blocks)},
        sheet=sheet_images(pack, item) if item.kind == "material" else (),
        path=learning_path(pack, item) if item.kind == "guide" else (),
    )


def learning_path(pack: Pack, item: Item) -> tuple[Summary, ...]:
    """The learning path that a guide begins or belongs to: its front page, then its pages in order; else nothing."""
    fronts = (item.slug,) if item.path else item.links.get("in-path", ())
    return tuple(pack.summaries([fronts[0], *pack.item(fronts[0]).pages])) if fronts else ()


def read_door(pack: Pack, word: str) -> ArticleContent | ListContent | MessageContent:
    """What is behind a door of the first page: its pages where this library has them, else what they will be."""
    if word == "new" and pack.summaries([NEW_TO_IMPROVEMENT]):
        return read_article(pack, Route("guide", NEW_TO_IMPROVEMENT))
    if word == "problems" and pack.info.counts.get("problem"):
        return read_list(pack, word)
    return MessageContent(texts.PLANNED[word])


def read_code(pack: Pack, code: str) -> tuple[Route, ArticleContent | MessageContent] | None:
    """The page that a printed code stands for, or the words on what became of it; None for an unknown code."""
    known = pack.code(code)
    if known is None:
        return None
    route = Route(*known)
    return route, read_article(pack, route)


def sheet_images(pack: Pack, item: Item) -> tuple[QImage, ...]:
    """How the sheet of an item looks, page by page."""
    from ilsy_desktop.services.paper import page_images  # noqa: PLC0415 - start-up: home has no sheet

    paths = [asset.path for asset in item.assets if asset.role == "page"]
    return tuple(image for path in paths for image in page_images(pack.asset(path)))


def picture_paths(blocks: tuple[Block, ...]) -> list[str]:
    """The asset paths of the drawings on a page, also of those inside boxes and lists."""
    found: list[str] = []
    for block in blocks:
        asset = getattr(block, "asset", None)
        if asset:
            found.append(asset)
        found += picture_paths(getattr(block, "blocks", ()))
        for item in getattr(block, "items", ()):
            found += picture_paths(item)
    return found


def read_list(pack: Pack, word: str) -> ListContent:
    """The shelves: tools, examples, glossary, guides, sheets."""
    build = {
        "tools": _tools,
        "examples": _examples,
        "glossary": _glossary,
        "guides": _guides,
        "sheets": _sheets,
        "problems": _problems,
    }[word]
    return build(pack)


def _tools(pack: Pack) -> ListContent:
    tools = pack.items(kind="tool")
    groups = [
        (_capital(step.name), tuple(tool for tool in tools if step.slug in tool.stages))
        for step in pack.roadmap()
        if step.part != "thread"
    ]
    planned = len(pack.planned_items("tool"))
    return ListContent(
        "All tools",
        "Plain name first, the method’s name after it. Those marked “core” are the first to learn.",
        tuple(group for group in groups if group[1]),
        all_labels(pack),
        planned,
        f"{planned} more tools are planned, for every stage of the roadmap." if planned else "",
    )


def _examples(pack: Pack) -> ListContent:
    examples = pack.items(kind="example")
    failed = tuple(example for wanted in DID_NOT_WORK for example in examples if example.outcome == wanted)
    worked = tuple(example for example in examples if example.outcome == "worked")
    planned = len(pack.planned_items("example"))
    return ListContent(
        "Practice examples",
        "What others tried, also when it did not work. " + texts.TRIALS,
        (("What did not simply work", failed), ("What worked", worked)),
        all_labels(pack),
        planned,
        f"{planned} more examples are being written." if planned else "",
    )


def _glossary(pack: Pack) -> ListContent:
    terms = sorted(pack.items(kind="term"), key=lambda term: term.title.casefold())
    groups: dict[str, list[Summary]] = {}
    for term in terms:
        groups.setdefault(term.title[:1].upper(), []).append(term)
    return ListContent(
        "Words we use",
        "Improvement has its own words. Here is what they mean.",
        tuple((letter, tuple(group)) for letter, group in groups.items()),
        all_labels(pack),
    )


def _guides(pack: Pack) -> ListContent:
    guides = tuple(pack.items(kind="guide"))
    planned = len(pack.planned_items("guide"))
    words = f"{planned} more guides are being written." if planned else ""
    return ListContent(
        "Guides",
        "Short answers to questions around the work.",
        (("", guides),),
        all_labels(pack),
        planned,
        words,
    )


def _problems(pack: Pack) -> ListContent:
    return ListContent(
        "What bothers you?",
        "Choose what comes nearest. Each page has a likely first step, tools, and examples that worked and did not.",
        (("", tuple(sorted(pack.items(kind="problem"), key=_something_else_last))),),
        all_labels(pack),
    )


def _something_else_last(problem: Summary) -> bool:
    return problem.slug.endswith("something-else")


def _sheets(pack: Pack) -> ListContent:
    sheets = tuple(pack.items(kind="material"))
    return ListContent(
        "Sheets to print",
        "Each fits one page of A4 and prints well in black and white. Large print is there too.",
        (("", sheets),),
        all_labels(pack),
    )


def read_search(pack: Pack, query: str, facets: Mapping[str, tuple[str, ...]], partial: bool) -> SearchContent:
    """Search while typing; the best whole answer brings its page for the box beside the results."""
    labels = all_labels(pack)
    if not query.strip():
        return SearchContent(query, None, labels)
    page = pack.search(query, limit=SEARCH_ROWS, facets=facets, partial=partial)
    tools = [hit.slug for hit in page.hits[:BEST_AMONG] if hit.complete and hit.kind == "tool"]
    best = pack.item(tools[0]) if tools else None
    heads = {summary.slug: summary for summary in pack.summaries(hit.slug for hit in page.hits)}
    return SearchContent(query, page, labels, heads, best, dict(facets), partial)


def read_print(pack: Pack, slug: str, role: str = "page") -> PrintContent | MessageContent:
    """The shipped PDF of a page or sheet, with its other forms (role, words)."""
    item = pack.item(pack.resolve(slug))
    files = {asset.role: asset for asset in item.assets if asset.media_type == "application/pdf"}
    chosen = files.get(role) or files.get("page")
    if chosen is None:
        return MessageContent(texts.unreadable("There is no printed form of this page."))
    names = {"page": "Ordinary print", "large": "Large print"}
    other = tuple((r, names.get(r, files[r].title)) for r in files if files[r] is not chosen)
    from ilsy_desktop.services.paper import page_images  # noqa: PLC0415 - start-up: only printing needs it

    pdf = pack.asset(chosen.path)
    editable = tuple(
        Editable(
            EDITABLE.get(asset.path.rpartition(".")[2], asset.title),
            asset.path.rpartition("/")[2],
            pack.asset(asset.path),
        )
        for asset in item.assets
        if asset.role == "editable"
    )
    return PrintContent(item.slug, item.title, pdf, tuple(page_images(pdf)), other, editable)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
