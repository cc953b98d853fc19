"""Read Markdown files with YAML front matter, and remember on which line each thing stood.

Every scalar of the front matter stays text ("yes" is a word, not a truth): kinds.py says what it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from content_pack.build.complaints import Complaint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FENCE = "---"
_SPACE = re.compile(r"\s+")

_FIRST_WORDS = 6

Key = tuple[str | int, ...]


class Unreadable(Exception):  # noqa: N818 - see Refused
    """A source cannot be read at all; `complaint` says where and why."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(str(complaint))
        self.complaint = complaint


@dataclass(frozen=True)
class Source:
    """One page as its editor wrote it.

    `file` is the name that complaints show, `folder` and `stem` its place in the content folder.
    `front` holds texts, lists and maps; `lines` maps a key path such as ("sources", 0, "text") to a
    line of the file. `body_line` is the line on which the body begins.
    """

    file: str
    folder: str
    stem: str
    front: Mapping[str, Any]
    lines: Mapping[Key, int]
    body: str
    body_line: int

    def line(self, *keys: str | int) -> int:
        """The line of a field, or of the nearest thing around it."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self.lines:
                return self.lines[keys[:length]]
        return 1

    def line_of(self, words: str) -> int:
        """The first line of the body that holds `words`, whatever its spaces; else where the body begins."""
        pattern = r"\s+".join(map(re.escape, _SPACE.split(words.strip())))
        found = re.search(pattern, self.body) if pattern else None
        return self.body_line + (self.body.count("\n", 0, found.start()) if found else 0)

    def line_of_words(self, sentence: str) -> int:
        """The line of the body on which a sentence of the finished page begins, whatever marks stand in between."""
        words = re.findall(r"\w+", sentence)[:_FIRST_WORDS]
        between = r"(?:\]\([\w-]+:[\w.-]+\)|\W)+"
        found = re.search(between.join(words), self.body) if words else None
        return self.body_line + (self.body.count("\n", 0, found.start()) if found else 0)

    def complaint(self, line: int, wrong: str, write: str, *, advice: bool = False) -> Complaint:
        """A complaint about this file, or some advice."""
        return Complaint(self.file, line, wrong, write, advice)


def read_source(path: Path, shown: str, text: str) -> Source:
    """Read the page at `path`, whose words are `text`; complaints call it `shown`. Raises Unreadable."""
    lines = text.split("\n")
    if lines[0] != _FENCE:
        write = f"begin with a line of three hyphens ({_FENCE}), the fields, and the same line again"
        raise Unreadable(Complaint(shown, 1, "the file has no front matter", write))
    if _FENCE not in lines[1:]:
        write = f"write a line of three hyphens ({_FENCE}) after the last field"
        raise Unreadable(Complaint(shown, text.rstrip().count("\n") + 1, "the front matter has no end", write))
    end = lines.index(_FENCE, 1)
    front, places = read_yaml("\n".join(lines[1:end]), shown, first_line=2)
    if not isinstance(front, dict):
        write = "write one field a line, such as `title: Find the causes`"
        raise Unreadable(Complaint(shown, 2, "the front matter holds no fields", write))
    body = "\n".join(lines[end + 1 :])
    return Source(shown, path.parent.name, path.stem, front, places, body, end + 2)


def read_text(path: Path, shown: str) -> str:
    """The text of a UTF-8 file with plain line ends. Raises Unreadable."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        write = "save the file with the encoding UTF-8"
        raise Unreadable(Complaint(shown, line, "a letter here is not UTF-8", write)) from error
    except OSError as error:
        write = "put the file there, or make it readable"
        raise Unreadable(Complaint(shown, 1, f"cannot be read ({error.strerror})", write)) from error


def read_yaml(text: str, shown: str, first_line: int = 1) -> tuple[Any, dict[Key, int]]:
    """Some YAML as texts, lists and maps, and the line of every key and entry. Raises Unreadable."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        wrong = f"the fields cannot be read from here ({error.problem})"
        write = 'put quotation marks around a text that holds ": " or begins with a sign such as " or ['
        raise Unreadable(Complaint(shown, line, wrong, write)) from error
    except yaml.YAMLError as error:
        raise Unreadable(Complaint(shown, first_line, "a character here is not allowed", "take it out")) from error
    reading = _Reading(shown, first_line)
    return reading.value(node, ()), reading.lines


class _Reading:
    """One walk over the nodes of a YAML text."""

    def __init__(self, shown: str, first_line: int) -> None:
        self._shown = shown
        self._first_line = first_line
        self._seen: set[int] = set()
        self.lines: dict[Key, int] = {}

    def value(self, node: yaml.Node | None, key: Key) -> Any:
        if node is None:
            return ""
        line = self._first_line + node.start_mark.line
        if id(node) in self._seen:
            raise self._unreadable(line, "an alias (*name) stands here", "write the value itself")
        self._seen.add(id(node))
        self.lines.setdefault(key, line)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(entry, (*key, index)) for index, entry in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._map(node, key)
        return node.value.strip()

    def _map(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, entry in node.value:
            line = self._first_line + name.start_mark.line
            if not isinstance(name, yaml.ScalarNode):
                raise self._unreadable(line, "the name of a field is a list", "write one word")
            if name.value in values:
                raise self._unreadable(line, f"the field {name.value} stands here twice", "keep one of them")
            self.lines[*key, name.value] = line
            values[name.value] = self.value(entry, (*key, name.value))
        return values

    def _unreadable(self, line: int, wrong: str, write: str) -> Unreadable:
        return Unreadable(Complaint(self._shown, line, wrong, write))
