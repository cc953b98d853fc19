"""`ilsy-pack`: the command line of editors.

Exit codes: 0 done; 1 what was asked for failed, and one line on stderr says what to do; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content_pack import open_pack
from content_pack.build.complaints import Refused, gathered
from content_pack.build.progress import progress_on
from content_pack.build.showing import as_text, found_as_data, statistics

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = Path("resources/content")
PACK = Path("build/standard.ilsypack")
_DONE, _FAILED = 0, 1


class Unknown(Exception):  # noqa: N818 - see Refused
    """A page that was named is not there; the message says what to write."""


def run(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for and return the exit code."""
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except Refused as refused:
        print(*gathered(refused.complaints), sep="\n", file=sys.stderr)
        return _fail(f"{_count(len(refused.complaints))} to put right; nothing was written.")
    except ModuleNotFoundError as error:
        return _fail(f"This command needs {error.name}: pip install ilsy-desktop[editor]")
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}. Choose another place, or make it free to write.")
    except Exception as error:  # noqa: BLE001 - the last edge: no traceback reaches a user
        return _fail(str(error) or type(error).__name__)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ilsy-pack", description="Make and look into content packs.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, words: str, command: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.set_defaults(command=command)
        return sub

    check = add("check", "Say what is wrong in the sources, as file:line: what is wrong; what to write.", _check)
    build = add("build", "Build a pack from the sources.", _build)
    preview = add("preview", "Look at pages in the program while you write them.", _preview)
    new = add("new", "Begin a page: its file with all fields, and its code.", _new)
    search = add("search", "Search a pack.", _search)
    show = add("show", "Show one page of a pack as text.", _show)
    stats = add("stats", "Count what is in a pack.", _stats)
    for sub in (check, build, preview):
        sub.add_argument("folder", type=Path, nargs="?", default=CONTENT, help=f"the sources [{CONTENT}]")
        sub.add_argument("--fonts", type=Path, metavar="DIR", help="the folder of Source Sans 3 [the program's]")
    check.add_argument(
        "--against", type=Path, action="append", default=[], metavar="FILE", help="find ten words in a row from FILE"
    )
    check.add_argument("--page", action="append", default=[], metavar="SLUG", help="say only what concerns this page")
    build.add_argument("-o", "--output", type=Path, default=PACK, metavar="FILE", help=f"the pack to write [{PACK}]")
    build.add_argument("--no-cache", action="store_true", help="set every sheet and page anew")
    build.add_argument("--keep-going", action="store_true", help="write a pack with faults in it, for a look only")
    preview.add_argument("--open", default="home", metavar="ROUTE", help="begin there, such as tool/pdsa [home]")
    new.add_argument("kind")
    new.add_argument("slug")
    new.add_argument("--folder", type=Path, default=CONTENT, help=f"the sources [{CONTENT}]")
    for sub in (search, show, stats):
        sub.add_argument("pack", type=Path)
    _search_arguments(search)
    show.add_argument("slug", help="a slug, an old slug, or a code such as T24")
    return parser


def _search_arguments(search: argparse.ArgumentParser) -> None:
    search.add_argument("query")
    search.add_argument("--json", action="store_true", help="everything that was found, as JSON")
    search.add_argument("--limit", type=int, default=10, metavar="N")
    search.add_argument("--facet", action="append", default=[], type=_facet, metavar="NAME=VALUE")
    search.add_argument("--partial", action="store_true", help="the last word may be half typed")


def _facet(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals or not name or not value:
        raise argparse.ArgumentTypeError("write NAME=VALUE, such as kind=tool")
    return name, value


def _check(chosen: argparse.Namespace) -> int:
    from content_pack.build import commands  # noqa: PLC0415 - the editor's packages may be missing

    _known(chosen.page, commands.pages_in(chosen.folder))
    found = commands.check(chosen.folder, chosen.fonts, chosen.against, progress_on(sys.stderr))
    complaints, advice = ([one for one in some if not chosen.page or one.page in chosen.page] for some in found)
    lines = [*gathered(complaints), *advice]
    print(*lines, sep="\n", end="\n" * bool(lines))
    look = f" {_count(len(advice))} to look at." if advice else ""
    elsewhere = len(found[0]) - len(complaints)
    if elsewhere:
        look += f" {_count(elsewhere)} to put right in other files: ilsy-pack check without --page names them."
    if complaints:
        return _fail(f"{_count(len(complaints))} to put right.{look}")
    print(f"Nothing to put right{' in what you named' * bool(elsewhere)}.{look}")
    return _DONE


def _known(named: list[str], pages: set[str]) -> None:
    """Raise Unknown for a page that there is not."""
    from content_pack.build.values import nearest  # noqa: PLC0415 - as above

    for slug in named if pages else ():
        if slug not in pages:
            meant = nearest(Path(slug).stem, pages)
            write = f"write --page {meant}" if meant else "write the name of its file without .md"
            raise Unknown(f"There is no page {slug}: {write}.")


def _build(chosen: argparse.Namespace) -> int:
    from content_pack.build import commands  # noqa: PLC0415 - the editor's packages may be missing

    wish = commands.Wish(chosen.folder, chosen.output, chosen.fonts, not chosen.no_cache, chosen.keep_going)
    words, complaints = commands.build(wish, progress_on(sys.stderr))
    print(*gathered(complaints), sep="\n", end="\n" * bool(complaints), file=sys.stderr)
    print(words)
    return _DONE


def _preview(chosen: argparse.Namespace) -> int:
    from content_pack.build.preview import preview  # noqa: PLC0415 - the editor's packages may be missing

    def say(words: str) -> None:
        print(words, flush=True)

    with contextlib.suppress(KeyboardInterrupt):
        preview(chosen.folder, chosen.open, chosen.fonts, say)
    return _DONE


def _new(chosen: argparse.Namespace) -> int:
    from content_pack.build.beginning import begin_page  # noqa: PLC0415 - the editor's packages may be missing

    print(begin_page(chosen.folder, chosen.kind, chosen.slug))
    return _DONE


def _search(chosen: argparse.Namespace) -> int:
    facets: dict[str, list[str]] = {}
    for name, value in chosen.facet:
        facets.setdefault(name, []).append(value)
    with open_pack(chosen.pack) as pack:
        page = pack.search(chosen.query, limit=chosen.limit, facets=facets, partial=chosen.partial)
    if chosen.json:
        _print_json(found_as_data(page))
    else:
        lines = [f"{hit.code:5} {hit.title} ({hit.kind}/{hit.slug})" for hit in page.hits]
        print(*lines or ["Nothing was found."], sep="\n")
    return _DONE


def _show(chosen: argparse.Namespace) -> int:
    with open_pack(chosen.pack) as pack:
        print(as_text(pack.item(pack.resolve(chosen.slug))))
    return _DONE


def _stats(chosen: argparse.Namespace) -> int:
    with open_pack(chosen.pack) as pack:
        print(statistics(pack))
    return _DONE


def _print_json(data: dict[str, Any]) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


def _count(number: int) -> str:
    return "One thing" if number == 1 else f"{number} things"


def _fail(words: str) -> int:
    print(f"ilsy-pack: {words}", file=sys.stderr)
    return _FAILED


if __name__ == "__main__":
    sys.exit(run())
