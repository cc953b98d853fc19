"""A typed query as words: tidied, capped, and with the other spellings that mean the same word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LETTERS, WORD_LETTERS, WORDS = 400, 64, 16

# Words that may be missing from a page that answers the query. Longer keys of the synonym and
# variant tables bring them back where they carry the meaning ("did not attend").
STOP_WORDS = frozenset(
    """
    a about again all also am an and any anyone anything are as at be because been before being both but
    by can could did do does doing done each either else even ever every everyone for from get gets
    getting give go goes going gone got had has have having he her here him his how i if in into is it
    its just keep keeps let lot lots make makes making many may me might more most much must my need
    needs no nobody not now of off on once one ones only or other our ours out over own please put quite
    really same she should so some someone something still such than that the their them then there
    these they thing things this those though to too trying two under until up us use used using very
    want wants was way we well were what when where whether which while who whose why will with would
    you your
    """.split()
)
_CONTRACTIONS = {
    "aint": "is not", "arent": "are not", "cannot": "can not", "cant": "can not", "couldnt": "could not",
    "didnt": "did not", "doesnt": "does not", "dont": "do not", "hadnt": "had not", "hasnt": "has not",
    "havent": "have not", "im": "i am", "isnt": "is not", "ive": "i have", "shouldnt": "should not",
    "thats": "that is", "theres": "there is", "theyre": "they are", "wasnt": "was not",
    "werent": "were not", "weve": "we have", "whats": "what is", "wheres": "where is", "whos": "who is",
    "wont": "will not", "wouldnt": "would not", "youre": "you are",
}  # fmt: skip
_NUMBERS = dict(
    zip(
        map(str, range(21)),
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split(),
        strict=True,
    )
) | {"30": "thirty", "40": "forty", "50": "fifty", "60": "sixty", "80": "eighty", "90": "ninety"}
_FIGURES = {word: figure for figure, word in _NUMBERS.items()}
_NUMBER_FORMS = _NUMBERS | _FIGURES

_QUOTED = re.compile(r'"([^"]*)"')
_CHUNK = re.compile(r"[^\W_]+(?:['&+.:/\-][^\W_]+)*")
_TOKEN = re.compile(r"[^\W_]+")
_SPLIT_LETTERS = re.compile(r"(?<=[^\W\d_]{2})[/.:](?=[^\W\d_]{2})")
_POSSESSIVE = re.compile(r"(?<=\w{2})'s$")
_NOT = re.compile(r"\b(is|are|ca|could|did|do|does|had|has|have|should|was|were|would) not\b")
_ISE = re.compile(r"(?<=\w{3})([sz])(e|ed|er|ers|es|ing|ation|ations|ational|able)$")


class Word(NamedTuple):
    """One word of a query; "co-production" is one word of two tokens.

    `stop` marks a word that says little; `exact` one that stood in quotation marks and is searched
    exactly so: no synonyms, no other spelling, no correction.
    """

    text: str
    tokens: tuple[str, ...]
    stop: bool = False
    exact: bool = False


def tidy(text: str) -> str:
    """At most 400 letters in one standard form: NFKC, no control or invisible signs, plain apostrophes."""
    text = text[:LETTERS].encode("utf-8", "ignore").decode()
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    text = text.replace("“", '"').replace("”", '"')
    kept = (_plain_sign(sign) for sign in text[:LETTERS])
    return "".join(kept)


def _plain_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    return " " if category == "Cc" else "" if category in ("Cf", "Cs", "Co", "Cn") else sign


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Small letters without accents, as the index holds them."""
    text = text.lower()
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def tokens(text: str) -> list[str]:
    """The tokens of a text, as the index would cut it."""
    return _TOKEN.findall(plain(text))


def fold(token: str) -> str:
    """A token without its plural ending, a number as a figure: "pressure sores" meets "pressure sore"."""
    if token in _FIGURES:
        return _FIGURES[token]
    if len(token) < 4 or token.endswith(("ss", "us", "is")) or not token.endswith("s"):
        return token
    return token[:-3] + "y" if token.endswith("ies") and len(token) > 4 else token[:-1]


def key_of(parts: Iterable[str]) -> str:
    """What a synonym or variant is looked up by."""
    return " ".join(map(fold, parts))


def name_key(parts: Sequence[str]) -> str:
    """What a name is looked up by: without the words that say little, where at least two others are left."""
    telling = [part for part in parts if part not in STOP_WORDS]
    return key_of(telling if len(telling) > 1 else parts)


def phrase(parts: Iterable[str]) -> str:
    """Tokens as one quoted FTS5 phrase; no sign of the query language can be in a token."""
    return '"' + " ".join(parts) + '"'


def words_of(text: str) -> list[Word]:
    """The words of a tidied query: each once, at most 16 (words that say little go first) of 64 letters."""
    found: dict[tuple[str, ...], Word] = {}
    place = 0
    for quoted in _QUOTED.finditer(text):
        _add_chunks(text[place : quoted.start()], found)
        parts = tuple(token[:WORD_LETTERS] for token in tokens(quoted[1])[:WORDS])
        if parts:
            found.setdefault(parts, Word(" ".join(parts), parts, exact=True))
        place = quoted.end()
    _add_chunks(text[place:], found)
    words = list(found.values())
    if len(words) > WORDS:
        words = [word for word in words if not word.stop] or words
    return words[:WORDS]


def _add_chunks(text: str, found: dict[tuple[str, ...], Word]) -> None:
    for chunk in _CHUNK.findall(plain(text)):
        for part in _SPLIT_LETTERS.split(_POSSESSIVE.sub("", chunk)):
            for word in _uncontracted(part).split():
                parts = tuple(token[:WORD_LETTERS] for token in _TOKEN.findall(word))
                if parts:
                    found.setdefault(parts, Word(word[:WORD_LETTERS], parts, stop=word in STOP_WORDS))


def _uncontracted(word: str) -> str:
    bare = word.replace("'", "")
    if bare in _CONTRACTIONS:
        return _CONTRACTIONS[bare]
    before, sign, after = word.partition("'")
    if sign and before in STOP_WORDS:
        return before
    return bare if len(before) == 1 and after == "s" else word


def forms_of(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The tokens themselves and their other spellings by rule: figures, -ise and -ize, -our and -or, not."""
    found = [parts]
    for index, token in enumerate(parts):
        found.extend((*parts[:index], other, *parts[index + 1 :]) for other in _spellings(token))
    if "not" in parts:
        shortened = _NOT.sub(r"\1n t", " ".join(parts).replace("can not", "ca not"))
        found.append(tuple(shortened.split()))
    return list(dict.fromkeys(found))


def _spellings(token: str) -> list[str]:
    found = [_NUMBER_FORMS[token]] if token in _NUMBER_FORMS else []
    ending = _ISE.search(token)
    if ending and token[ending.start() - 1] in "iy":
        other = "z" if ending[1] == "s" else "s"
        found.append(token[: ending.start()] + other + ending[2])
    if len(token) > 5 and "our" in token[2:]:
        found.append(token[:2] + token[2:].replace("our", "or", 1))
    elif len(token) > 4 and re.search(r"or(s|ed|ing|al|able|ite|ites)?$", token[2:]):
        head, tail = token.rsplit("or", 1)
        found.append(head + "our" + tail)
    return found
