"""Keys of a feed: which there are, a new one in place of another, and one taken away; and the monthly renewal."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from central_feed import chain, signing
from central_feed.errors import FeedError
from central_feed.roles import LIFETIME, ROLES, add_key, key_name

if TYPE_CHECKING:
    from datetime import datetime

    from tuf.api.metadata import Root

    from central_feed.repository import Feed
    from central_feed.roles import Keys, State

SHORT = 8  # letters of a key id that are shown


def listing(feed: Feed, keys: Keys | None) -> list[str]:
    """A line for each key: role, name, the beginning of its id, how long the role is good, whether its file is here."""
    state = chain.read(feed)
    root = state.root.signed
    lines = []
    for role in ROLES:
        until = f"until {state.of(role).signed.expires:%Y-%m-%d}"
        of = f"{root.roles[role].threshold} of {len(root.roles[role].keyids)} sign"
        for keyid in root.roles[role].keyids:
            name = key_name(root.keys[keyid])
            here = "" if keys is None else f"  {'file is here' if keys.has(name) else 'no file here'}"
            lines.append(f"{role:9}  {name:12}  {keyid[:SHORT]}  {of}  {until}{here}")
    return lines


def days_left(state: State, role: str, at: datetime) -> int:
    """Whole days until a role's metadata runs out; below zero when it has."""
    return int((state.of(role).signed.expires - at).days)


def rotate(feed: Feed, keys: Keys, trusted: bytes | None, role: str, old: str | None, at: datetime) -> list[str]:
    """Put a new key in place of one of `role`: of its only one, or of `old` (a key's name or the beginning of its id).

    Returns what to tell the person. Raises FeedError, with nothing changed, where keys to sign with are missing.
    """
    with feed.lock():
        state = _present(feed, trusted)
        root = copy.deepcopy(state.root.signed)
        keyid = _only(root, role) if old is None else _find(root, old, role)
        former = key_name(root.keys[keyid])
        root.revoke_key(keyid, role)
        name = add_key(root, role, keys, state.key_names())
        _publish(feed, keys, state, root, {role}, at)
    return [
        f"{name} is now in place of {former}.",
        f"Keep {name}.pem where {former}.pem was, and destroy {former}.pem and its copies.",
    ]


def revoke(feed: Feed, keys: Keys, trusted: bytes | None, old: str, at: datetime) -> list[str]:
    """Take a key (its name, or the beginning of its id) away from every role that it signs for.

    Returns what to tell the person. Raises FeedError where too few keys would be left, or are at hand.
    """
    with feed.lock():
        state = _present(feed, trusted)
        root = copy.deepcopy(state.root.signed)
        keyid = _find(root, old)
        name = key_name(root.keys[keyid])
        roles = {role for role in ROLES if keyid in root.roles[role].keyids}
        for role in roles:
            if len(root.roles[role].keyids) <= root.roles[role].threshold:
                raise FeedError(
                    f"Without {name} too few keys would be left to sign for {role}. "
                    f"Put a new one in its place: ilsy-feed keys rotate FEED {role} --key {keyid[:SHORT]} --keys DIR"
                )
            root.revoke_key(keyid, role)
        _publish(feed, keys, state, root, roles, at)
    return [f"{name} signs for nothing any more.", f"Destroy {name}.pem and its copies."]


def renew(feed: Feed, keys: Keys, trusted: bytes | None, at: datetime) -> list[str]:
    """Sign snapshot and timestamp again, and targets when less than half its life is left and its keys are here.

    Returns what to tell the person, with what runs out next.
    """
    with feed.lock():
        state = _present(feed, trusted)
        due = state.targets.signed.expires - at < LIFETIME["targets"] / 2
        able = due and _at_hand(state.root.signed, "targets", keys)
        state = signing.commit(
            feed, keys, state, signing.Change(resign=frozenset({"snapshot", *({"targets"} if able else ())})), at
        )
        feed.sweep_metadata(state.targets.signed.version, state.snapshot.signed.version)
    lines = [f"{role} is good for {days_left(state, role, at)} days." for role in ROLES]
    if due and not able:
        lines.append("Bring the targets keys soon: ilsy-feed renew FEED --keys DIR with their folders.")
    return lines


def _present(feed: Feed, trusted: bytes | None) -> State:
    chain.recover(feed, trusted)
    return chain.read(feed, trusted)


def _publish(feed: Feed, keys: Keys, state: State, root: Root, roles: set[str], at: datetime) -> None:
    """What a key has signed is signed anew with the root that changes it."""
    signing.commit(feed, keys, state, signing.Change(root=root, resign=frozenset(roles)), at)


def _at_hand(root: Root, role: str, keys: Keys) -> bool:
    here = sum(keys.has(key_name(root.keys[keyid])) for keyid in root.roles[role].keyids)
    return here >= root.roles[role].threshold


def _only(root: Root, role: str) -> str:
    keyids = root.roles[role].keyids
    if len(keyids) > 1:
        names = ", ".join(f"{key_name(root.keys[keyid])} ({keyid[:SHORT]})" for keyid in keyids)
        raise FeedError(f"{role} has {len(keyids)} keys: {names}. Say which one to replace with --key.")
    return keyids[0]


def _find(root: Root, wanted: str, role: str | None = None) -> str:
    """The id of the key that a person names."""
    keyids = list(root.roles[role].keyids if role else root.keys)
    found = [keyid for keyid in keyids if keyid.startswith(wanted) or key_name(root.keys[keyid]) == wanted]
    if len(found) != 1:
        where = f"of {role} " if role else ""
        many = "No key" if not found else "More than one key"
        raise FeedError(f"{many} {where}is called “{wanted}”. See: ilsy-feed keys list FEED")
    return found[0]
