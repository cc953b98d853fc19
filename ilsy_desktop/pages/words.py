"""Help and About: pages whose words belong to the program, not to the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_pack.blocks import Bullets, Heading, Paragraph, Table
from content_pack.spans import Span
from ilsy_desktop.domain import texts
from ilsy_desktop.services.contents import MessageContent

if TYPE_CHECKING:
    from content_pack.blocks import Block
    from content_pack.model import PackInfo

KEYS = (
    ("Ctrl+K, or / outside a field", "Go to the search box"),
    ("Down arrow in the search box", "Go to the first answer"),
    ("Alt+Left, Alt+Right", "Back and forward"),
    ("Tab, Shift+Tab", "Next and previous link or button"),
    ("Enter", "Open the link, press the button"),
    ("Ctrl+P", "Print the page"),
    ("Ctrl and plus, Ctrl and minus, Ctrl+0", "Larger, smaller, ordinary text"),
    ("F11", "Full screen"),
    ("F1", "This page"),
)


def help_content() -> MessageContent:
    """How to find one's way, with the keys."""
    message = texts.Message(
        "Help",
        (
            "Say what bothers you in the box at the top. Answers come while you type.",
            "A code on a printed sheet, such as T89, opens its page when you type it in the box.",
        ),
        (("tools", "All tools"), ("glossary", "Words we use"), ("about", "About this library")),
    )
    rows = tuple(((Span(keys),), (Span(what),)) for keys, what in KEYS)
    blocks: tuple[Block, ...] = (
        _heading("Keys"),
        Table(((Span("Press"),), (Span("to"),)), rows),
        _heading("If something is wrong"),
        Paragraph((Span("Nothing you read here is lost by closing the window. If a page cannot be shown, tell IT. "),)),
        _heading("If someone could be harmed"),
        Paragraph(
            (
                Span("Tell the person in charge now. "),
                Span("What to do then", target="guide/guide-unsafe-now"),
            )
        ),
    )
    return MessageContent(message, blocks)


def about_content(info: PackInfo, version: str) -> MessageContent:
    """What this is, which library is open, licences, accessibility."""
    counts = ", ".join(f"{number} {_plural(kind, number)}" for kind, number in info.counts.items() if number)
    message = texts.Message(
        "About this library",
        (
            "ILSY, Improvement Learning South Yorkshire, is one place to learn how to make care better: tools, "
            "honest examples and sheets for every member of staff. It works without the internet.",
        ),
        (("help", "Help"), ("guide/guide-how-we-label", "How we label examples")),
    )
    blocks: tuple[Block, ...] = (
        _heading("This library"),
        _bullets(
            f"{info.name}, version {info.version}, of {texts.long_date(info.dated)}",
            f"It holds {counts}.",
            f"{info.drafts} of its pages are drafts that ILSY’s own leads have not reviewed yet.",
            f"Program version {version}",
        ),
        _heading("What it keeps"),
        Paragraph(
            (Span("Nothing about you. It remembers the text size and colours of this login, and no page you read."),)
        ),
        _heading("Accessibility"),
        _bullets(
            "Headings, lists, tables and links are there for screen readers; everything can be done by keyboard.",
            "Text grows to 400 %, in light, dark and high-contrast colours.",
            "Printed pages are tagged PDF.",
            "Known gap: text cannot be selected across paragraphs. Use Copy page in the menu.",
        ),
        _heading("Licences"),
        _bullets(
            f"Words and sheets: {info.licence}. Copy them, change them, say where they are from.",
            "Program: MIT licence. It uses Qt and PySide6 (LGPL version 3), PDFium (BSD and Apache licences) and "
            "the typeface Source Sans 3 (SIL Open Font License).",
        ),
    )
    return MessageContent(message, blocks)


def _heading(words: str) -> Heading:
    return Heading(2, (Span(words),))


def _bullets(*entries: str) -> Bullets:
    return Bullets(tuple((Paragraph((Span(entry),)),) for entry in entries))


def _plural(kind: str, number: int) -> str:
    names = {"material": "sheet", "term": "word", "example": "practice example"}
    name = names.get(kind, kind)
    return name if number == 1 else name + "s"
