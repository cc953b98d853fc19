"""Read Markdown files with YAML front matter, and remember on which line each thing stood.

Every scalar of the front matter stays text ("yes" is a word, not a truth): kinds.py says what it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from content_pack.build.complaints import Complaint
from content_pack.build.yaml_faults import cut_texts, fault_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FENCE = "---"
_FENCE_LIKE = re.compile(r"-{2,}|[–—]+-?|\*{3,}|_{3,}|={3,}|-( -)+")
_SPACE = re.compile(r"\s+")

_FIRST_WORDS = 6
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

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

    def has(self, field: str) -> bool:
        """Whether the field stands in the front matter, be its value as it may."""
        return (field,) in self.lines

    def line_of(self, words: str) -> int:
        """The first line of the body that holds `words`, whatever its spaces; else where the body begins."""
        pattern = r"\s+".join(map(re.escape, _SPACE.split(words.strip())))
        found = re.search(pattern, self.body) if pattern else None
        return self.body_line + (self.body.count("\n", 0, found.start()) if found else 0)

    def line_of_last(self, words: str) -> int:
        """The last line of the body that holds `words` as they are; else where the body begins."""
        return self.body_line + self.body.count("\n", 0, max(0, self.body.rfind(words)))

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
    end = _end_of_front(lines, shown, text)
    front, places = read_yaml("\n".join(lines[1:end]), shown, first_line=2)
    if not isinstance(front, dict):
        write = "write one field a line, such as `title: Find the causes`"
        raise Unreadable(Complaint(shown, 2, "the front matter holds no fields", write))
    if next((line for line in lines[end + 1 :] if line.strip()), "") == _FENCE:
        write = "keep one of the two sets of fields, each between two lines of three hyphens"
        raise Unreadable(Complaint(shown, end + 2, "the fields seem to stand here a second time", write))
    for cut in cut_texts(lines[1:end]):
        raise Unreadable(Complaint(shown, 2 + cut.line, cut.wrong, cut.write))
    body = "\n".join(lines[end + 1 :])
    return Source(shown, path.parent.name, path.stem, front, places, body, end + 2)


def _end_of_front(lines: list[str], shown: str, text: str) -> int:
    """The index of the line that ends the fields. Raises Unreadable."""
    write = f"begin with a line of three hyphens ({_FENCE}), the fields, and the same line again"
    if not text.strip():
        raise Unreadable(Complaint(shown, 1, "the file is empty", write))
    if lines[0] != _FENCE:
        first = next(number for number, line in enumerate(lines) if line.strip())
        if lines[first].rstrip() == _FENCE:
            wrong = "something stands before the three hyphens that begin the fields"
            raise Unreadable(Complaint(shown, 1, wrong, "take out what is before them, empty lines too"))
        if _FENCE_LIKE.fullmatch(lines[0].strip()):
            wrong = f"the line before the fields is “{lines[0].strip()[:20]}”"
            raise Unreadable(Complaint(shown, 1, wrong, f"write exactly three hyphens: {_FENCE}"))
        raise Unreadable(Complaint(shown, 1, "the file has no front matter", write))
    if _FENCE not in lines[1:]:
        for number, line in enumerate(lines[1:], start=2):
            if _FENCE_LIKE.fullmatch(line.strip()):
                wrong = f"the line after the fields is “{line.strip()[:20]}”"
                raise Unreadable(Complaint(shown, number, wrong, f"write exactly three hyphens: {_FENCE}"))
        last = _last_field(lines)
        write = f"write a line of three hyphens ({_FENCE}) after the last field"
        raise Unreadable(Complaint(shown, last, "the front matter has no end", write))
    return lines.index(_FENCE, 1)


def _last_field(lines: list[str]) -> int:
    """The line on which the fields seem to end: before the first that is empty or begins the body."""
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            return number - 1
    return len(lines)


def read_text(path: Path, shown: str) -> str:
    """The text of a UTF-8 file with plain line ends. Raises Unreadable."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_not_text(path.read_bytes(), shown, error.start)) from error
    except IsADirectoryError as error:
        write = "move the files in it to where they belong, and take the folder away"
        raise Unreadable(Complaint(shown, 1, "this is a folder, not a file", write)) from error
    except OSError as error:
        write = "put the file there, or make it readable"
        raise Unreadable(Complaint(shown, 1, f"cannot be read ({error.strerror})", write)) from error
    if unseen := _UNSEEN.search(text):
        line = 1 + text.count("\n", 0, unseen.start())
        wrong = "a character that cannot be seen stands here"
        raise Unreadable(Complaint(shown, line, wrong, "delete the line, and type it again"))
    return text


def _not_text(content: bytes, shown: str, at: int) -> Complaint:
    """What to say of a file whose bytes are no UTF-8 from `at` on."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        write = "save the file again with the encoding UTF-8 (in Notepad: Save as, Encoding)"
        return Complaint(shown, 1, "the file is saved in another encoding (UTF-16)", write)
    if content[:2] == b"PK" or b"\0" in content[:1000]:
        write = "write the page in a plain text editor, and save it as UTF-8 text"
        return Complaint(shown, 1, "this is no text file, but something like a Word document", write)
    line = content.count(b"\n", 0, at) + 1
    return Complaint(shown, line, "a letter here is not UTF-8", "save the file with the encoding UTF-8")


def read_yaml(text: str, shown: str, first_line: int = 1) -> tuple[Any, dict[Key, int]]:
    """Some YAML as texts, lists and maps, and the line of every key and entry. Raises Unreadable."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        fault = fault_of(text.split("\n"), mark.line if mark else 0, error.problem or "")
        raise Unreadable(Complaint(shown, first_line + fault.line, fault.wrong, fault.write)) from error
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
