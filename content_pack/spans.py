"""Runs of text with marks and links: the smallest part of a page."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A run of text. `mark` is "", "strong" or "em"; `target` is a ROUTE such as "tool/pdsa", or ""."""

    text: str
    mark: str = ""
    target: str = ""


Spans = tuple[Span, ...]


def plain(spans: Spans) -> str:
    """The words of some spans, without marks and links."""
    return "".join(span.text for span in spans)
