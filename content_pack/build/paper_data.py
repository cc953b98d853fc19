"""What the templates of the paper get: plain data, with codes in place of links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_pack.blocks import Block, Bullets, Callout, Figure, Heading, Paragraph, Steps, Table, plain
from content_pack.build.kinds import OUTCOMES
from content_pack.build.sections import headings
from content_pack.labels import HOW_SURE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_pack.blocks import Spans
    from content_pack.build.content import Content
    from content_pack.build.kinds import Page
    from content_pack.build.written import Written

EASY = "Easy Read"
NO_NAMES = "No names, hospital numbers or dates of birth on this sheet"

_LABELS = {
    "stage": "Stage of the roadmap",
    "thread": "Runs through every stage",
    "tool": "Tool",
    "example": "Practice example",
    "guide": "Guide",
}
DRAFT = "Draft for ILSY review"
_FROM = "ILSY Improvement Learning South Yorkshire"
_WORKING = "Working roadmap, to be replaced by the South Yorkshire one"
_READING = (
    "The words for outcome and how sure are ILSY’s reading of the paper. "
    "How we label, and how to correct us: G3 in the search box."
)
_DONE = "You are done when"
_NAMED = {
    "tools": "Tools they used",
    "materials": "Sheets to print",
    "starters": "Tools to start with",
    "pages": "The pages of this path, in order",
}
_USE, _ELSE = "Use it when", "Choose something else when"
_MONTHS = (
    "January February March April May June July August September October November December"
).split()  # fmt: skip


def page_data(written: Written, content: Content) -> dict[str, Any]:
    """The data of page.typ."""
    page = written.page
    words = _Words(content)
    return {
        **_frame(page, content, _LABELS[page.kind]),
        "facts": _facts(page),
        "outcome": _outcome(page),
        "done_when": "" if _DONE in headings(written.blocks) else page.get("done_when"),
        "blocks": words.blocks(_columns(written.blocks)),
        "ends": _ends(page, content),
    }


def sheet_data(page: Page, content: Content, large: bool) -> dict[str, Any]:
    """The data of sheet.typ; `large` asks for the large print."""
    form = [_part(part) for part in page.get("form")]
    growing = [part for part in form if part["grows"]]
    if not growing:
        for part in form:
            part["grows"] = part["room"] > 0
        growing = [part for part in form if part["grows"]]
    return {
        **_frame(page, content, "Fill in · large print" if large else "Fill in"),
        "warning": NO_NAMES,
        "large": large,
        "landscape": page.get("landscape", False),
        "form": form,
        "growing": sum(part["room"] for part in growing) or 1,
    }


def easy_data(page: Page, content: Content) -> dict[str, Any]:
    """The data of easy.typ."""
    frame = _frame(page, content, EASY)
    ideas = [{**idea, "picture": picture_path(idea["picture"])} for idea in page.get("easy_read")]
    return {**frame, "method": frame["method"] or EASY, "warning": NO_NAMES, "ideas": ideas}


def foot(data: Mapping[str, Any]) -> str:
    """The foot of an editable sheet: where it comes from, and what not to write on it."""
    draft = DRAFT if data["draft"] else ""
    words = (data["code"], f"revised {data['revised']}", _FROM, data["licence"], data["warning"], draft)
    return " · ".join(word for word in words if word)


def picture_path(name: str) -> str:
    """Where a drawing stands for the templates, and in the pack."""
    return f"pictures/{name}"


def _frame(page: Page, content: Content, label: str) -> dict[str, Any]:
    """Title and footer. The pack's version is not in it, so that an unchanged page keeps its bytes."""
    return {
        "code": page.get("code"),
        "back": page.get("code") or page.get("title"),
        "title": page.get("title"),
        "method": page.get("method") or (_WORKING if page.kind in ("stage", "thread") else ""),
        "label": label,
        "revised": _date(page.get("revised_on")),
        "licence": page.get("licence") or content.lists.pack["licence"],
        "draft": page.get("status") == "draft",
        "warning": "",
    }


def _date(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _facts(page: Page) -> list[str]:
    """The one line under the title: how long, how many, whom to ask; where and when for an example."""
    if page.kind == "example":
        return [page.get("where"), page.get("years")]
    if page.kind != "tool":
        return []
    facts = [page.get("time") or _range(page.get("minutes"), "minutes"), _range(page.get("group"), "people")]
    facts = [fact for fact in (*facts, page.get("ask")) if fact]
    return [facts[0][:1].upper() + facts[0][1:], *facts[1:]]


def _range(span: tuple[int, int], unit: str) -> str:
    low, high = span
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def _outcome(page: Page) -> list[str]:
    if page.kind != "example":
        return []
    outcome = page.get("outcome")
    sure = f"{HOW_SURE[page.get('evidence_grade')]}. {page.get('evidence_why')}"
    return [outcome, OUTCOMES[outcome], sure]


def _ends(page: Page, content: Content) -> list[tuple[str, list[str]]]:
    """What stands in small at the end: pages to go on with, and where it comes from."""
    ends: list[tuple[str, list[str]]] = []
    for field, title in _NAMED.items():
        names = [_name(content.page(slug)) for slug in content.links.present(page.get(field, ()))]
        if names:
            ends.append((title, [" · ".join(names)]))
    if page.kind == "example":
        ends.append(("Patients and carers", [page.get("patients_part")]))
        ends.append(("Where to read it", [page.get("citation")]))
        ends.append(("About the label", [_READING]))
    if page.get("sources"):
        ends.append(("Sources", [_source(source) for source in page.get("sources")]))
    if page.get("sources_none"):
        ends.append(("Sources", [page.get("sources_none")]))
    return ends


def _name(page: Page) -> str:
    code = page.get("code")
    return f"{page.get('title')} ({code})" if code else str(page.get("title"))


def _source(source: dict[str, str]) -> str:
    text = source["text"].rstrip(".")
    return f"{text}. For: {source['supports'].rstrip('.')}."


def _columns(blocks: tuple[Block, ...]) -> list[Block | tuple[list[Block], list[Block]]]:
    """Put *Use it when* and *Choose something else when* side by side, where both are there."""
    found: list[Block | tuple[list[Block], list[Block]]] = list(blocks)
    starts = [i for i, b in enumerate(blocks) if isinstance(b, Heading) and plain(b.spans) == _USE]
    for start in starts:
        stops = (i for i in range(start + 1, len(blocks)) if isinstance(blocks[i], Heading | Callout))
        end = next(stops, len(blocks))
        section = blocks[start:end]
        cut = next(
            (i for i, b in enumerate(section) if isinstance(b, Paragraph) and plain(b.spans).startswith(_ELSE)), 0
        )
        if cut > 1:
            found[start:end] = [(list(section[:cut]), list(section[cut:]))]
    return found


def _says(block: Block, words: str) -> bool:
    return isinstance(block, Paragraph) and plain(block.spans).startswith(words)


class _Words:
    """Turns blocks into data. A link becomes its words and, once a page, the code to type."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._named: set[str] = set()

    def blocks(self, blocks: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for block in blocks:
            if isinstance(block, tuple):
                found.append({"kind": "columns", "left": self.blocks(block[0]), "right": self.blocks(block[1])})
            elif isinstance(block, Callout) and block.tone == "slip" and found and found[-1]["kind"] == "slips":
                found[-1]["items"].append(self._block(block))
            elif isinstance(block, Callout) and block.tone == "slip":
                found.append({"kind": "slips", "items": [self._block(block)]})
            else:
                found.append(self._block(block))
        return found

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(level, spans):
                return {"kind": "heading", "level": level, "spans": self._spans(spans)}
            case Paragraph(spans, lead):
                return {"kind": "paragraph", "lead": lead, "spans": self._spans(spans)}
            case Steps(items):
                return {"kind": "steps", "items": [self.blocks(item) for item in items]}
            case Bullets(items):
                return {"kind": "bullets", "items": [self.blocks(item) for item in items]}
            case Table(header, rows):
                cells = [[self._spans(cell) for cell in row] for row in rows]
                return {"kind": "table", "header": [self._spans(cell) for cell in header], "rows": cells}
            case Callout(_, title, inside, level):
                return {"kind": "callout", "level": level, "title": title, "blocks": self.blocks(inside)}
            case Figure(asset, alt, caption, width, _):
                return {"kind": "figure", "asset": asset, "alt": alt, "caption": caption, "width": width}
        raise TypeError(block)

    def _spans(self, spans: Spans) -> list[tuple[str, str]]:
        return [(span.text + self._code(span.target), span.mark) for span in spans]

    def _code(self, target: str) -> str:
        kind, _, slug = target.partition("/")
        if not target or kind == "term" or slug in self._named:
            return ""
        self._named.add(slug)
        code = self._content.page(slug).get("code")
        return f" ({code})" if code else ""


def _part(part: dict[str, Any]) -> dict[str, Any]:
    """A part of a sheet; `room` is its number of lines or rows, `grows` whether it takes what is left."""
    name, content = next(iter(part.items()))
    room, grows = 0, False
    if name == "field":
        room, grows = content["lines"], content["grow"]
    elif name == "row":
        room, grows = max(field["lines"] for field in content), any(field["grow"] for field in content)
    elif name == "table":
        room, grows = content["rows"], content["grow"]
    return {"name": name, "content": content, "room": room, "grows": grows}
