"""True quotation marks and apostrophes in place of the straight ones of the keyboard."""

from __future__ import annotations

import re

# A quotation mark opens at the start and after a space, an opening bracket, a dash or another opening mark.
_OPENS = re.compile(r"(^|[\s(\[{“‘—–/-])\"")
_OPENS_SINGLE = re.compile(r"(^|[\s(\[{“—–/])'(?=\w)(?!\d\ds?\b)")


def set_marks(text: str, before: str = "") -> str:
    """The text with true marks; `before` is the letter that stands in front of it on the page."""
    marked = _OPENS_SINGLE.sub(r"\1‘", _OPENS.sub(r"\1“", before + text))
    return marked.replace('"', "”").replace("'", "’")[len(before) :]
