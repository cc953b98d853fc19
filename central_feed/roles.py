"""The four roles of a feed: how long each lasts, which keys each has, and the metadata that belongs together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner, Key, Signer
    from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

ROLES = ("root", "targets", "snapshot", "timestamp")
LIFETIME = {
    "root": timedelta(days=3653),
    "targets": timedelta(days=365),
    "snapshot": timedelta(days=45),
    "timestamp": timedelta(days=45),
}
_NAME = "x-ilsy-name"  # in the public key: which file holds its private half, since an encrypted file does not say


class Keys(Protocol):
    """Where private keys come from."""

    def has(self, name: str) -> bool:
        """Whether a private key of this name is at hand."""

    def signer(self, key: Key) -> Signer | None:
        """What signs for this public key, or None where its private key is not at hand."""

    def make(self, name: str) -> CryptoSigner:
        """A new private key, to be kept under this name."""

    def keep(self) -> None:
        """Write down the keys that were made: they have signed, and what they signed is about to be published."""


@dataclass(frozen=True)
class State:
    """The metadata of a feed that belongs together; `roots` is every version from the first."""

    roots: tuple[Metadata[Root], ...]
    targets: Metadata[Targets]
    snapshot: Metadata[Snapshot]
    timestamp: Metadata[Timestamp]

    @property
    def root(self) -> Metadata[Root]:
        """The newest root."""
        return self.roots[-1]

    def of(self, role: str) -> Metadata[Any]:
        """The metadata of one role."""
        metadata: Metadata[Any] = getattr(self, role)
        return metadata

    def key_names(self) -> set[str]:
        """The names of all keys that this feed has ever had."""
        return {key_name(key) for root in self.roots for key in root.signed.keys.values()}


def now() -> datetime:
    """The time, in the whole seconds that metadata is written in."""
    return datetime.now(UTC).replace(microsecond=0)


def key_name(key: Key) -> str:
    """The name that the key was made under, such as `root-1`."""
    return str(key.unrecognized_fields.get(_NAME, key.keyid[:8]))


def add_key(root: Root, role: str, keys: Keys, taken: set[str]) -> str:
    """Make a key for `role` under the first number that is free, and return its name, which is taken from now on."""
    number = 1
    while (name := f"{role}-{number}") in taken or keys.has(name):
        number += 1
    key = keys.make(name).public_key
    key.unrecognized_fields[_NAME] = name
    root.add_key(key, role)
    taken.add(name)
    return name
