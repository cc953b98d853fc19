"""`ilsy-feed`: the command line of the central team.

Exit codes: 0 done; 1 what was asked for failed, and one line on stderr says what to do; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from central_feed import creation, rotation
from central_feed.errors import FeedError
from central_feed.export import export
from central_feed.keys import KeyFolder, PassPhrases
from central_feed.publish import Wish, publish
from central_feed.repository import Feed
from central_feed.roles import ROLES, now
from central_feed.verify import verify
from content_pack import PackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_DONE, _FAILED = 0, 1
_KEYS_AND_THRESHOLDS = {"root": (3, 2), "targets": (2, 2)}


def run(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for and return the exit code."""
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except (FeedError, PackError) as error:
        return _fail(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}. Choose another place, or make it free to read and write.")
    except KeyboardInterrupt:
        return _fail("Stopped. What clients see is whole; run the command once more.")
    except Exception as error:  # noqa: BLE001 - the last edge: no traceback reaches a user
        return _fail(str(error) or type(error).__name__)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ilsy-feed", description="Make and keep the signed feed of packs.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _init_arguments(_add(commands, "init", "Make the keys and an empty feed.", _init))
    publishing = _add(commands, "publish", "Publish a pack, with patches from the packs before it.", _publish)
    publishing.add_argument("pack", type=Path, metavar="PACK")
    publishing.add_argument(
        "--keep", type=int, default=Wish._field_defaults["keep"], metavar="N", help="packs kept [5]"
    )
    publishing.add_argument("--name", metavar="NAME", help="the library's name in the feed [the feed's own]")
    renewing = _add(commands, "renew", "Sign again what runs out soonest; run it once a month or more.", _renew)
    checking = _add(commands, "verify", "Check the whole feed, and say how long it is good for.", _verify)
    checking.add_argument("--root", type=Path, metavar="FILE", help="the root that clients have")
    checking.add_argument("--stick", action="store_true", help="an export, which holds the newest pack only")
    exporting = _add(commands, "export", "Write a smaller feed for a USB stick.", _export)
    exporting.add_argument("folder", type=Path, metavar="DIR")
    words = "See the keys, put a new one in place of another, or take one away."
    keys = commands.add_parser("keys", help=words, description=words).add_subparsers(required=True, metavar="ACTION")
    listing = _add(keys, "list", "Show each key, and how long its role is good for.", _keys_list)
    rotating = _add(keys, "rotate", "Put a new key in place of one.", _keys_rotate)
    rotating.add_argument("role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    rotating.add_argument("--key", metavar="KEYID", help="which key of the role; the beginning of its id will do")
    revoking = _add(keys, "revoke", "Take a key away; what it signed is signed anew.", _keys_revoke)
    revoking.add_argument("key", metavar="KEYID", help="the beginning of its id will do")
    _key_folders(listing, required=False)
    for sub in (publishing, renewing, rotating, revoking):
        _key_folders(sub)
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    words: str,
    command: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    sub = commands.add_parser(name, help=words, description=words)
    sub.set_defaults(command=command)
    sub.add_argument("feed", type=Path, metavar="FEED", help="the folder of the feed")
    return sub


def _init_arguments(init: argparse.ArgumentParser) -> None:
    init.add_argument("--keys", type=Path, required=True, metavar="DIR", help="an empty folder for the keys")
    for role, (number, threshold) in _KEYS_AND_THRESHOLDS.items():
        init.add_argument(f"--{role}-keys", type=int, default=number, metavar="N", help=f"keys for {role} [{number}]")
        init.add_argument(
            f"--{role}-threshold", type=int, default=threshold, metavar="N", help=f"of them sign [{threshold}]"
        )


def _key_folders(sub: argparse.ArgumentParser, *, required: bool = True) -> None:
    sub.add_argument(
        "--keys", type=Path, action="append", required=required, metavar="DIR",
        help="a folder with key files; give it once for each stick",
    )  # fmt: skip


def _init(chosen: argparse.Namespace) -> int:
    counts = {"root": chosen.root_keys, "targets": chosen.targets_keys, "snapshot": 1, "timestamp": 1}
    thresholds = {"root": chosen.root_threshold, "targets": chosen.targets_threshold, "snapshot": 1, "timestamp": 1}
    keys = KeyFolder([chosen.keys], PassPhrases.of_this_process())
    return _say(creation.create(Feed(chosen.feed), keys, counts, thresholds, now()))


def _publish(chosen: argparse.Namespace) -> int:
    keys = _keys(chosen)
    wish = Wish(chosen.pack, chosen.keep, chosen.name)
    publish(Feed(chosen.feed), keys, keys.trusted(), wish, now(), lambda words: print(words, flush=True))
    return _DONE


def _renew(chosen: argparse.Namespace) -> int:
    keys = _keys(chosen)
    return _say(rotation.renew(Feed(chosen.feed), keys, keys.trusted(), now()))


def _verify(chosen: argparse.Namespace) -> int:
    trusted = chosen.root.read_bytes() if chosen.root else None
    report = verify(Feed(chosen.feed), trusted, now(), stick=chosen.stick)
    _say(report.good)
    if not report.wrong:
        return _say(["Everything is in order."])
    print(*(f"ilsy-feed: {words}" for words in report.wrong), sep="\n", file=sys.stderr)
    return _FAILED


def _export(chosen: argparse.Namespace) -> int:
    return _say(export(Feed(chosen.feed), chosen.folder))


def _keys_list(chosen: argparse.Namespace) -> int:
    keys = _keys(chosen) if chosen.keys else None
    return _say(rotation.listing(Feed(chosen.feed), keys))


def _keys_rotate(chosen: argparse.Namespace) -> int:
    keys = _keys(chosen)
    return _say(rotation.rotate(Feed(chosen.feed), keys, keys.trusted(), chosen.role, chosen.key, now()))


def _keys_revoke(chosen: argparse.Namespace) -> int:
    keys = _keys(chosen)
    return _say(rotation.revoke(Feed(chosen.feed), keys, keys.trusted(), chosen.key, now()))


def _keys(chosen: argparse.Namespace) -> KeyFolder:
    return KeyFolder(chosen.keys, PassPhrases.of_this_process())


def _say(lines: Iterable[str]) -> int:
    print(*lines, sep="\n")
    return _DONE


def _fail(words: str) -> int:
    print(f"ilsy-feed: {words}", file=sys.stderr)
    return _FAILED


if __name__ == "__main__":
    sys.exit(run())
