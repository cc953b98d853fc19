"""From Markdown to typed blocks: Python-Markdown, then an allow-list (nh3), then a walk over what is left.

Everything that is not one of the blocks of `content_pack.blocks` is a complaint, so nothing an editor
wrote is lost in silence and nothing unexpected reaches a reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import markdown
import nh3

from content_pack.blocks import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    Paragraph,
    Span,
    Spans,
    Steps,
    Table,
)
from content_pack.build.links import SCHEMES, Dangling
from content_pack.build.typography import set_marks
from content_pack.build.values import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from content_pack.build.complaints import Complaint
    from content_pack.build.pictures import Picture
    from content_pack.build.sources import Source

_TAGS = frozenset(
    "h1 h2 h3 h4 h5 h6 p ol ul li strong em a img br hr div table thead tbody tr th td code pre blockquote".split()
)
_CALLOUTS = ("slip", "note")
_SCHEME = re.compile(r"\]\(\s*([A-Za-z][A-Za-z0-9+.-]*):")
# What to write where a mark was left over in the text: the beginning of the mark, and the advice.
_MEANT = (
    ("!!!", 'write !!! slip "In a few words" with straight quotation marks, and an empty line before it'),
    ("|", "write a line |---|---| below the heading of the table, and an empty line before the table"),
    ("**", "write ** before and after the words in bold, without a blank inside"),
    ("]", "write a link in one piece, with both brackets: [words](tool:slug)"),
    ("#", "put an empty line before the heading"),
    ("", "put an empty line before the list, and four spaces before a list within a list"),
)
_TITLE = "admonition-title"
_LEFT_OVER = re.compile(r"\*\*|!!!|\]\(|\]\[|^#+ |^\s*(?:[-*+]|1\.) |\|.*\|", re.MULTILINE)
_SPACE = re.compile(r"\s+")

PICTURE = "picture:"


@dataclass
class _Node:
    """An element of the HTML, or (tag "") a run of text."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[_Node] = field(default_factory=list)
    text: str = ""

    def words(self) -> str:
        return self.text + "".join(child.words() for child in self.children)

    def find(self, tag: str) -> list[_Node]:
        """The elements of this name inside, in order."""
        return [found for child in self.children for found in ([child] if child.tag == tag else child.find(tag))]


class _Tree(HTMLParser):
    """Builds nodes from HTML that nh3 has made well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("body")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in ("img", "br", "hr"):
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()  # nh3 closes what it opens, in order

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(_Node("", text=data))


class Renderer:
    """Renders the bodies of pages. `route` resolves a link (see `links.Links.route`), `pictures` are by name."""

    def __init__(self, route: Callable[[str], str], pictures: Mapping[str, Picture]) -> None:
        self._route = route
        self._pictures = pictures
        self._markdown = markdown.Markdown(extensions=["tables", "admonition", "sane_lists"])
        # Without these two, HTML in a source is text like any other; lint says not to write it.
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")

    def render(self, source: Source) -> Rendered:
        """The blocks of a page's body, with what is wrong in it."""
        walk = _Walk(source, self._route, self._pictures)
        html = self._markdown.reset().convert(source.body)
        tree = _Tree()
        tree.feed(_clean(html, source.body))
        tree.close()
        walk.rendered.blocks = tuple(walk.blocks(tree.root))
        return walk.rendered


@dataclass
class Rendered:
    """What came of a body: its blocks, the pictures it shows, where its links lead, complaints.

    `waiting` holds the slugs of links that were left as plain text, because their page is not written yet.
    """

    blocks: tuple[Block, ...] = ()
    pictures: list[str] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)


def _clean(html: str, body: str) -> str:
    # A link of a kind that there is not comes through, too: the walk says what it was.
    strange = {scheme.lower() for scheme in _SCHEME.findall(body)}
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}, "img": {"src", "alt", "title"}, "div": {"class"}, "p": {"class"}},
        url_schemes={*SCHEMES, *strange, PICTURE.removesuffix(":"), "http", "https", "mailto"},
        link_rel=None,
    )


class _Walk:
    """One walk over the nodes of one page."""

    def __init__(self, source: Source, route: Callable[[str], str], pictures: Mapping[str, Picture]) -> None:
        self.rendered = Rendered()
        self._source = source
        self._route = route
        self._pictures = pictures

    def blocks(self, parent: _Node) -> list[Block]:
        """The blocks inside an element; loose words between them become a paragraph."""
        found: list[Block] = []
        loose: list[_Node] = []
        for child in parent.children:
            if child.tag in ("", "strong", "em", "a", "img", "br", "code"):
                loose.append(child)
                continue
            found += self._paragraph(_Node("p", children=loose))
            loose = []
            found += self._block(child)
        return found + self._paragraph(_Node("p", children=loose))

    def _block(self, node: _Node) -> list[Block]:
        match node.tag:
            case "h2" | "h3" | "h4":
                return [Heading(int(node.tag[1]), self._spans(node))]
            case "p":
                return self._paragraph(node)
            case "ol":
                return [Steps(self._items(node))]
            case "ul":
                return [Bullets(self._items(node))]
            case "table":
                return [self._table(node)]
            case "div":
                return self._callout(node)
        return self._refuse(node)

    def _refuse(self, node: _Node) -> list[Block]:
        what, write = {
            "blockquote": ("a quotation with >", "write it as a paragraph with quotation marks"),
            "pre": ("a block of program text", "take out the four spaces before it"),
            "hr": ("a rule across the page", "write a heading with ## instead"),
            "h1": ("a heading with one #", "write ##; the title stands in the front matter"),
        }.get(node.tag, ("a heading with more than four #", "write ##, ### or ####"))
        self._complain(node.words(), f"{what} has no place on a page", write)
        return []

    def _items(self, node: _Node) -> tuple[tuple[Block, ...], ...]:
        return tuple(tuple(self.blocks(item)) for item in node.find("li"))

    def _paragraph(self, node: _Node) -> list[Block]:
        inside = [child for child in node.children if child.tag or child.text.strip()]
        if len(inside) == 1 and inside[0].tag == "img":
            return self._figure(inside[0])
        spans = self._spans(node)
        return [Paragraph(spans)] if spans else []

    def _table(self, node: _Node) -> Table:
        first, *rows = node.find("tr")
        header = tuple(self._spans(cell) for cell in first.find("th"))
        if not all(header):
            self._complain(first.words(), "a column of the table has no heading", "name every column")
        return Table(
            header,
            tuple(tuple(self._spans(cell) for cell in row.find("td")) for row in rows),
        )

    def _callout(self, node: _Node) -> list[Block]:
        tone = node.attributes["class"].removeprefix("admonition ").strip()
        words = [child for child in node.children if child.attributes.get("class") == _TITLE]
        title = set_marks(_SPACE.sub(" ", "".join(child.words() for child in words)).strip())
        if tone not in _CALLOUTS or not title:
            self._complain(f"!!! {tone}", f"a box “!!! {tone}” is not known", 'write !!! slip "Title"')
            return []
        rest = [child for child in node.children if child not in words]
        return [Callout(tone, title, tuple(self.blocks(_Node("div", children=rest))))]

    def _figure(self, node: _Node) -> list[Block]:
        address, alt = node.attributes.get("src", ""), set_marks(node.attributes.get("alt", "").strip())
        name = address.removeprefix(PICTURE)
        picture = self._pictures.get(name) if address.startswith(PICTURE) else None
        if picture is None:
            self._complain(address or alt, *self._no_picture(address, name))
            return []
        if not alt:
            write = "say in square brackets what the picture shows"
            self._complain(address, "the picture has no words for those who cannot see it", write)
        self.rendered.pictures.append(name)
        caption = set_marks(node.attributes.get("title", "").strip())
        return [Figure(f"pictures/{name}", alt, caption, picture.width, picture.height)]

    def _no_picture(self, address: str, name: str) -> tuple[str, str]:
        """What is wrong with the address of a picture, and what to write."""
        bare = name.rpartition("/")[2]
        own = f"chart-{self._source.stem}-"
        if bare in self._pictures:
            return f"the picture {bare} is named as “{name}”", f"write picture:{bare} in the round brackets"
        if not name.endswith(".svg"):
            write = "draw it, save it as plain SVG in pictures/, and write picture:NAME.svg"
            return f"“{name}” is no drawing that ends in .svg, and no other picture is shown", write
        if name.startswith("chart-"):
            charts = ", ".join(sorted(known for known in self._pictures if known.startswith(own)))
            write = f"write picture: and one of {charts}" if charts else "write its numbers into `charts:`"
            return f"this page has no chart “{name}”", write
        meant = nearest(name, self._pictures)
        write = (
            f"write picture:{meant}" if meant else "draw pictures/NAME.svg and write ![what it shows](picture:NAME.svg)"
        )
        return f"there is no picture “{name}”", write

    def _spans(self, node: _Node) -> Spans:
        for run in self._texts(node):
            if left := _LEFT_OVER.search(run):
                mark = left.group().strip()
                write = next(write for begins, write in _MEANT if mark.startswith(begins))
                words = left.string[left.start() :].lstrip().split("\n")[0][:40]
                self._complain(words, f"the mark “{mark}” was not understood", write)
        return _tidy(self._runs(node, "", ""))

    def _texts(self, node: _Node) -> list[str]:
        return [node.text] if not node.tag else [text for child in node.children for text in self._texts(child)]

    def _runs(self, node: _Node, mark: str, target: str) -> list[Span]:
        found: list[Span] = []
        for child in node.children:
            match child.tag:
                case "":
                    found.append(Span(child.text, mark, target))
                case "strong" | "em":
                    found += self._runs(child, "strong" if mark == "strong" else child.tag, target)
                case "a":
                    found += self._runs(child, mark, self._target(child))
                case "br":
                    found.append(Span(" ", mark, target))
                case _:
                    self._cannot_stand(child)
        return found

    def _cannot_stand(self, node: _Node) -> None:
        """Complain of something inside a line that belongs elsewhere."""
        if node.tag == "img":
            write = "put it on a line of its own, with an empty line before and after it"
            words = node.attributes.get("src", "") or node.attributes.get("alt", "")
            self._complain(words, "a picture cannot stand inside a line", write)
        else:
            write = "take out the ` marks, or the four spaces before the line"
            marked = next((mark for mark in (f"`{node.words()}", "```") if mark in self._source.body), node.words())
            self._complain(marked, "program text has no place on a page", write)

    def _target(self, node: _Node) -> str:
        address = node.attributes.get("href", "")
        try:
            route = self._route(address)
        except Dangling as dangling:
            place = f"({address}" if address else node.words() or "]("
            self._complain(place, str(dangling), dangling.write)
            return ""
        if route.partition("/")[2] == self._source.stem and route.partition("/")[0] == address.partition(":")[0]:
            self._complain(f"({address}", "the page links to itself", "link to another page, or take the link out")
        if route:
            self.rendered.routes.append(route)
        else:
            self.rendered.waiting.append(address.partition(":")[2])
        return route

    def _complain(self, words: str, wrong: str, write: str) -> None:
        line = self._source.line_of(words)
        self.rendered.complaints.append(self._source.complaint(line, wrong, write))


def _tidy(runs: list[Span]) -> Spans:
    """Runs with single spaces, joined where they are alike, without space at either end."""
    joined: list[Span] = []
    for run in runs:
        before = joined[-1].text if joined else " "
        words = set_marks(_SPACE.sub(" ", run.text), before[-1])
        words = words.lstrip() if before.endswith(" ") else words
        if joined and (joined[-1].mark, joined[-1].target) == (run.mark, run.target):
            joined[-1] = Span(before + words, run.mark, run.target)
        elif words:
            joined.append(Span(words, run.mark, run.target))
    if joined:
        last = joined.pop()
        if last.text.rstrip():
            joined.append(Span(last.text.rstrip(), last.mark, last.target))
    return tuple(joined)
