"""The command line of `ilsy`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple, NoReturn

from ilsy_desktop.domain.preferences import SCHEMES, TEXT_PERCENT_MAX, TEXT_PERCENT_MIN
from ilsy_desktop.domain.routes import HOME, Route, RouteError, parse


class Arguments(NamedTuple):
    """What was asked for. `pictures` is a folder; `size` is width and height in px."""

    open: Route
    pack: Path | None
    watch: bool
    self_test: bool
    pictures: Path | None
    routes: tuple[Route, ...]
    size: tuple[int, int] | None
    scheme: str | None
    text: int | None
    store: Path | None
    profile: Path | None
    policy: Path | None
    exit_after_paint: bool
    loaded_modules: Path | None

    @property
    def alone(self) -> bool:
        """Whether this start must not join a window that is already open."""
        return bool(self.pack or self.self_test or self.pictures or self.exit_after_paint)


class OneLineParser(argparse.ArgumentParser):
    """Says in one line what is wrong with a command line, without the usage above it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message.rstrip(chr(46))}. Try: {self.prog} --help\n")


def read(words: list[str]) -> Arguments:
    """Read the command line. Exits with code 2 and one line on wrong usage, as argparse does."""
    parser = _parser()
    values = parser.parse_args(words)
    if values.routes and not values.pictures:
        parser.error("a page by itself goes with --pictures; to open one, write --open ROUTE")
    return Arguments(**{**vars(values), "routes": tuple(values.routes)})


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog="ilsy", description="The improvement library of South Yorkshire, offline.", allow_abbrev=False
    )
    add = parser.add_argument
    add("--open", type=_route, default=HOME, metavar="ROUTE", help="open this page, such as tool/pdsa")
    add("--pack", type=Path, metavar="FILE", help="read this library instead of the installed one")
    add("--watch", action="store_true", help="read the library again when its file changes (for editors)")
    add(
        "--self-test",
        action="store_true",
        help="walk through the main pages without a person; 0 if all is well",
    )
    add("--pictures", type=Path, metavar="DIR", help="save a picture of each page and end")
    add("--size", type=_size, metavar="1366x768", help="the window's size in px")
    add("--scheme", choices=SCHEMES, help="the colours")
    add("--text", type=_percent, metavar="PERCENT", help="the text size, 100 to 400")
    add("--store", type=Path, metavar="DIR", help="look for installed libraries here (support)")
    add("--profile", type=Path, metavar="DIR", help="keep choices and the log here (support)")
    add("--policy", type=Path, metavar="DIR", help="read what IT set from here instead of /etc/ilsy (support)")
    add("--exit-after-paint", action="store_true", help=argparse.SUPPRESS)
    add("--loaded-modules", type=Path, help=argparse.SUPPRESS)
    add("routes", nargs="*", type=_route, metavar="ROUTE", help="pages for --pictures")
    return parser


def _route(text: str) -> Route:
    try:
        return parse(text)
    except RouteError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not (cross and width.isdigit() and height.isdigit() and int(width) >= 320 and int(height) >= 240):
        raise argparse.ArgumentTypeError(f"“{text}” is not a size; write it like 1366x768")
    return int(width), int(height)


def _percent(text: str) -> int:
    number = text.rstrip("%")
    if not number.isdigit() or not TEXT_PERCENT_MIN <= int(number) <= TEXT_PERCENT_MAX:
        raise argparse.ArgumentTypeError(f"“{text}” is not a text size; write a number from 100 to 400")
    return int(number)
