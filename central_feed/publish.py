"""Publish a pack: look at it, make its files, sign, and sweep what nobody needs any more."""

from __future__ import annotations

import copy
import re
from contextlib import ExitStack
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from tuf.api.metadata import TargetFile

from central_feed import catalogue, chain, notes, patches, signing
from central_feed.errors import FeedError
from content_pack import Pack, open_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from tuf.api.metadata import Targets

    from central_feed.catalogue import Published
    from central_feed.repository import Feed
    from central_feed.roles import Keys, State
    from content_pack.model import PackInfo

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FOR_A_LOOK = "not to be published"  # in the name of a pack that was built in spite of complaints
_WORTH_IT = 0.5  # of the whole packed file: a patch that is not smaller than this is not published
_MEGABYTE = 1_000_000


class Wish(NamedTuple):
    """What to publish: `keep` packs stay in the feed, this one included. `name` is the feed's own, else the file's."""

    pack: Path
    keep: int = 5
    name: str | None = None


def publish(
    feed: Feed, keys: Keys, trusted: bytes | None, wish: Wish, at: datetime, say: Callable[[str], None]
) -> State:
    """Publish the pack of `wish` in `feed`, whose root must be `trusted` where that is known; `say` tells what is done.

    Raises FeedError, and PackError where the pack is damaged; the feed stays as it was then.
    """
    if wish.keep < 1:
        raise FeedError("--keep is the number of packs that stay in the feed; it is 1 or more.")
    info = _proved(wish.pack)
    with feed.lock():
        chain.recover(feed, trusted)
        state = chain.read(feed, trusted)
        before = catalogue.packs(state.targets.signed)
        content = wish.pack.read_bytes()
        if before and sha256(content).hexdigest() == before[-1].sha256:
            say(f"{info.version} is published already, byte for byte. There is nothing to do.")
            return state
        _is_newer(info, before)
        signing.require(state.root.signed, ("targets", "snapshot", "timestamp"), keys)
        making = _Making(feed, _name(wish, before), info, content, before[-1].sequence + 1 if before else 1, say)
        kept = before[-(wish.keep - 1) :] if wish.keep > 1 else []
        targets = copy.deepcopy(state.targets.signed)
        targets.targets = _named(making, state.targets.signed, kept, wish.pack)
        state = signing.commit(feed, keys, state, signing.Change(targets=targets), at)
        swept = feed.sweep(state.targets.signed, state.snapshot.signed.version)
    say(f"Published {info.version} of {info.dated}." + (f" Old files taken away: {len(swept)}." if swept else ""))
    return state


def _proved(path: Path) -> PackInfo:
    """The label of a pack of which every row was read."""
    with open_pack(path) as pack:
        pack.verify()
        if _FOR_A_LOOK in pack.info.name:
            raise FeedError(f"{path.name} was built with faults in it. Put them right and build without --keep-going.")
        return pack.info


def _is_newer(info: PackInfo, before: Sequence[Published]) -> None:
    version = catalogue.version_number(info.version)
    if not before:
        return
    last = before[-1].version
    if info.version == last:
        raise FeedError(
            f"Another pack was published as {last} already. Give this one a higher version in pack.yaml "
            "and build again."
        )
    if version <= catalogue.version_number(last):
        raise FeedError(
            f"This pack is {info.version}, and {last} is published already. "
            "To go back to older content, build it again with a higher version."
        )


def _name(wish: Wish, before: Sequence[Published]) -> str:
    own = before[-1].name if before else None
    name = wish.name or own or wish.pack.stem
    if own is not None and name != own:
        raise FeedError(f"This feed publishes “{own}”. Another library, “{name}”, needs a feed of its own.")
    if not _NAME.fullmatch(name):
        raise FeedError(f"“{name}” is no name for a library: use small letters, digits and hyphens with --name.")
    return name


def _named(making: _Making, old: Targets, kept: Sequence[Published], path: Path) -> dict[str, TargetFile]:
    """Everything that the new targets name. Patches lead to the newest pack only."""
    whole = [pack for pack in kept if making.is_there(pack)]
    found = [making.raw(), packed := making.whole()]
    found += [patch for pack in whole if (patch := making.patch(pack, packed.length)) is not None]
    found.append(making.notes(whole[-1] if whole else None, path))
    for pack in whole:
        found += [pack.target, *catalogue.parts_of(old, pack, catalogue.WHOLE, catalogue.NOTES)]
    return {target.path: target for target in found}


class _Making:
    """Makes the files of one pack and puts each in its place; nothing names them before the feed is signed."""

    def __init__(
        self, feed: Feed, name: str, info: PackInfo, content: bytes, sequence: int, say: Callable[[str], None]
    ) -> None:
        self._feed = feed
        self._name = name
        self._info = info
        self._content = content
        self._sequence = sequence
        self._say = say
        self._stem = f"{name}-{info.version}"
        self._raw = self._target(f"{self._stem}.ilsypack", content, self._label())

    def _label(self) -> dict[str, Any]:
        info = self._info
        label = {"name": self._name, "version": info.version, "dated": info.dated, "sequence": self._sequence}
        return {"kind": catalogue.PACK, **label}

    def is_there(self, pack: Published) -> bool:
        """Whether an older pack's file is whole; one that is not leaves the feed."""
        path = self._feed.target_file(pack.target)
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == pack.sha256:
            return True
        self._say(f"{pack.target.path} is missing or damaged in the feed, and is offered no more.")
        return False

    def raw(self) -> TargetFile:
        """The pack as it is."""
        return self._place(self._raw, self._content)

    def whole(self) -> TargetFile:
        """The pack, packed."""
        packed = patches.compress(self._content)
        target = self._target(f"{self._raw.path}.zst", packed, self._part(catalogue.WHOLE))
        self._place(target, packed)
        self._check(target, None)
        self._say(f"Whole: {_megabytes(len(self._content))}, packed {_megabytes(len(packed))}.")
        return target

    def patch(self, base: Published, whole: int) -> TargetFile | None:
        """The patch from an older pack, or None where it would not save half of the `whole` packed file."""
        path = self._feed.target_file(base.target)
        packed = patches.make_patch(path.read_bytes(), self._content)
        if len(packed) >= whole * _WORTH_IT:
            self._say(f"From {base.version}: no patch, it would be {_megabytes(len(packed))}.")
            return None
        facts = {**self._part(catalogue.PATCH), "base": base.sha256}
        target = self._target(f"{self._name}-{base.version}-{self._info.version}.zstpatch", packed, facts)
        self._place(target, packed)
        self._check(target, path)
        share = 100 * len(packed) / len(self._content)
        self._say(f"From {base.version}: {_megabytes(len(packed))}, {share:.1f} % of the pack.")
        return target

    def notes(self, base: Published | None, path: Path) -> TargetFile:
        """What is new since `base`, the newest pack before."""
        with ExitStack() as open_packs:
            old: Pack | None = None
            if base is not None:
                old = open_packs.enter_context(open_pack(self._feed.target_file(base.target)))
            found = notes.notes(self._name, old, open_packs.enter_context(open_pack(path)))
        content = notes.as_bytes(found)
        self._say(f"Since {found['from_version'] or 'the beginning'}: {found['words']}.")
        return self._place(self._target(f"{self._stem}.notes.json", content, self._part(catalogue.NOTES)), content)

    def _part(self, kind: str) -> dict[str, str]:
        return {"kind": kind, "of": self._raw.path}

    def _target(self, name: str, content: bytes, facts: dict[str, Any]) -> TargetFile:
        return catalogue.describe(TargetFile.from_data(name, content, ["sha256"]), facts)

    def _place(self, target: TargetFile, content: bytes) -> TargetFile:
        self._feed.files.write(self._feed.target_file(target), content)
        return target

    def _check(self, target: TargetFile, base: Path | None) -> None:
        """Do with a file what a client does with it, before any client gets it."""
        if not patches.gives(self._feed.target_file(target), base, self._raw):
            raise FeedError(f"{target.path} does not give the pack back. Nothing was published; try once more.")


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.2f} MB"
