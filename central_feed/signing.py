"""Sign new metadata and put it in place so that a client, at any moment, finds a feed that holds together."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, Targets, Timestamp

from central_feed.errors import FeedError
from central_feed.roles import LIFETIME, ROLES, Keys, State, add_key, key_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from securesystemslib.signer import Key

    from central_feed.repository import Feed


@dataclass(frozen=True)
class Change:
    """What is to be new; everything that names it is signed anew with it.

    `root` and `targets` are contents with their old version and expiry; `resign` names roles whose
    content stays and whose signatures, version and expiry are renewed.
    """

    root: Root | None = None
    targets: Targets | None = None
    resign: frozenset[str] = frozenset()

    def roles(self) -> frozenset[str]:
        """The roles that have to be signed."""
        roles = set(self.resign)
        roles |= {"root"} if self.root else set()
        roles |= {"targets"} if self.targets else set()
        roles |= {"snapshot"} if "targets" in roles else set()
        return frozenset(roles | {"timestamp"} if "snapshot" in roles else roles)


def first_state(keys: Keys, counts: Mapping[str, int], thresholds: Mapping[str, int]) -> tuple[State, Change]:
    """The beginning of a feed, with new keys: what to hand to `commit`."""
    root = Root()
    taken: set[str] = set()
    for role in ROLES:
        for _ in range(counts[role]):
            add_key(root, role, keys, taken)
        root.roles[role].threshold = thresholds[role]
    empty = State((), Metadata(Targets()), Metadata(Snapshot()), Metadata(Timestamp()))
    for content in (root, *(empty.of(role).signed for role in ROLES[1:])):
        content.version = 0  # `commit` makes version 1 of everything
    return empty, Change(root=root, resign=frozenset({"targets"}))


def commit(feed: Feed, keys: Keys, before: State, change: Change, at: datetime) -> State:
    """Sign `change` and publish it. Raises FeedError, with nothing published, when keys are missing."""
    after, kept_by_old_root = _signed(keys, before, change, at)
    keys.keep()
    roles = change.roles()
    for role in ("targets", "snapshot"):
        if role in roles:
            version = after.of(role).signed.version
            feed.files.write(feed.metadata / f"{version}.{role}.json", after.of(role).to_bytes())
    root = (feed.root_file(after.root.signed.version), after.root.to_bytes())
    timestamp = after.timestamp.to_bytes()
    if "timestamp" not in roles:
        feed.files.write(*root)
    elif "root" not in roles:
        feed.files.write(feed.timestamp, timestamp)
    elif kept_by_old_root:
        # Signed for the old and the new root: right for a client before and after it sees the new one.
        feed.files.write(feed.timestamp, timestamp)
        feed.files.write(*root)
    else:
        # The key that the old root asks for is gone. Left behind by a crash, `next_timestamp` is put in place later.
        feed.files.write(feed.next_timestamp, timestamp)
        feed.files.write(*root)
        feed.files.move(feed.next_timestamp, feed.timestamp)
    return after


def require(root: Root, roles: Sequence[str], keys: Keys) -> None:
    """Ask for the keys before long work begins. Raises FeedError when one that is needed is missing."""
    for role in roles:
        known = [root.keys[keyid] for keyid in root.roles[role].keyids]
        absent = [key for key in known if keys.signer(key) is None]
        short = root.roles[role].threshold - (len(known) - len(absent))
        if short > 0:
            raise FeedError(_missing(role, short, absent))


def _signed(keys: Keys, before: State, change: Change, at: datetime) -> tuple[State, bool]:
    """The new state, and whether those who know the old root only take it as well."""
    roles = change.roles()
    roots = before.roots
    if change.root is not None:
        root = _next(change.root, "root", at)
        signers = [root, before.root.signed] if roots else [root]
        metadata, everyone = _sign(root, "root", keys, signers)
        if not everyone:
            raise FeedError(_too_few("root", before.root.signed, metadata))
        roots = (*roots, metadata)
    known = [root.signed for root in reversed(roots[-2:])] if change.root else [roots[-1].signed]
    everyone = True
    state = State(roots, before.targets, before.snapshot, before.timestamp)
    for role in ("targets", "snapshot", "timestamp"):
        if role in roles:
            content = _next(_content(role, state, change), role, at)
            metadata, taken_by_all = _sign(content, role, keys, known)
            everyone = everyone and taken_by_all
            state = State(roots, **{**_rest(state), role: metadata})
    return state, everyone


def _rest(state: State) -> dict[str, Metadata[Any]]:
    return {role: state.of(role) for role in ROLES[1:]}


def _content(role: str, state: State, change: Change) -> Targets | Snapshot | Timestamp:
    """What a role says now, with its old version."""
    if role == "targets":
        return change.targets or state.targets.signed
    if role == "snapshot":
        snapshot = copy.deepcopy(state.snapshot.signed)
        snapshot.meta["targets.json"] = _described(state.targets)
        return snapshot
    timestamp = copy.deepcopy(state.timestamp.signed)
    timestamp.snapshot_meta = _described(state.snapshot)
    return timestamp


def _described(metadata: Metadata[Any]) -> MetaFile:
    return MetaFile.from_data(metadata.signed.version, metadata.to_bytes(), ["sha256"])


def _next(content: Any, role: str, at: datetime) -> Any:
    new = copy.deepcopy(content)
    new.version += 1
    new.expires = at + LIFETIME[role]
    return new


def _sign(content: Any, role: str, keys: Keys, roots: Sequence[Root]) -> tuple[Metadata[Any], bool]:
    """Sign for each of `roots`, of which the first must be content; say whether the others are, too."""
    metadata = Metadata(content)
    wanted = {keyid: root.keys[keyid] for root in roots for keyid in root.roles[role].keyids}
    for key in wanted.values():
        signer = keys.signer(key)
        if signer is not None:
            metadata.sign(signer, append=True)
    content_with = [root.get_verification_result(role, metadata.signed_bytes, metadata.signatures) for root in roots]
    if not content_with[0]:
        raise FeedError(_too_few(role, roots[0], metadata))
    return metadata, all(content_with)


def _too_few(role: str, root: Root, metadata: Metadata[Any]) -> str:
    result = root.get_verification_result(role, metadata.signed_bytes, metadata.signatures)
    return _missing(role, result.missing, result.unsigned.values())


def _missing(role: str, number: int, keys: Iterable[Key]) -> str:
    names = ", ".join(sorted(map(_file_of, keys)))
    more = "One more key is" if number == 1 else f"{number} more keys are"
    return f"{more} needed to sign for {role}, of: {names}. Name the folder with the key file with --keys."


def _file_of(key: Key) -> str:
    return f"{key_name(key)}.pem"
