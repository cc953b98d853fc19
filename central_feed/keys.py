"""Private keys as files: PEM (PKCS8) under a pass phrase, each named by its role and number."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, SSlibKey

from central_feed.errors import FeedError
from central_feed.roles import key_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from securesystemslib.signer import Key, Signer

PASS_VARIABLE = "ILSY_KEY_PASS"  # noqa: S105 - where it is, not what it is
TRUSTED = "root.json"
_NO_KEY = "{path} is no key file of ilsy-feed, or is damaged. Take it from a copy."


class PassPhrases:
    """Pass phrases from the environment, else from a person, who is asked as seldom as possible."""

    def __init__(self, given: str | None, ask: Callable[[str], str] | None) -> None:
        """`given` is the one phrase for all keys; without it, `ask` shows a prompt and returns what was typed."""
        self._given = given
        self._ask = ask
        self._known: list[str] = []

    @classmethod
    def of_this_process(cls) -> PassPhrases:
        """ILSY_KEY_PASS, or the terminal."""
        return cls(os.environ.get(PASS_VARIABLE), getpass.getpass if sys.stdin.isatty() else None)

    def open(self, path: Path) -> Ed25519PrivateKey:
        """The private key in a file. Raises FeedError when no phrase opens it."""
        for phrase in [self._given] if self._given is not None else self._known:
            key = _load(path, phrase)
            if key is not None:
                return key
        if self._given is not None:
            raise FeedError(f"{PASS_VARIABLE} is not the pass phrase of {path.name}.")
        phrase = self._prompt(f"Pass phrase for {path.name}: ")
        key = _load(path, phrase)
        if key is None:
            raise FeedError(f"That is not the pass phrase of {path.name}.")
        self._known.append(phrase)
        return key

    def new(self, name: str) -> str:
        """A phrase for a new key; an empty answer means the one given before. Raises FeedError where there is none."""
        if self._given is not None:
            return _not_empty(self._given)
        same = " (Enter for the same as before)" if self._known else ""
        phrase = self._prompt(f"New pass phrase for {name}.pem{same}: ")
        if not phrase and self._known:
            return self._known[-1]
        if self._prompt("The same once more: ") != _not_empty(phrase):
            raise FeedError("The two pass phrases differ. Begin again.")
        self._known.append(phrase)
        return phrase

    def _prompt(self, words: str) -> str:
        if self._ask is None:
            raise FeedError(f"A pass phrase is needed: set {PASS_VARIABLE}, or run this in a terminal.")
        return self._ask(words)


class KeyFolder:
    """The key files in one or more folders (each key holder's own stick); new ones go into the first."""

    def __init__(self, folders: Sequence[Path], phrases: PassPhrases) -> None:
        self.folders = folders
        self._phrases = phrases
        self._open: dict[str, CryptoSigner] = {}
        self._new: dict[str, bytes] = {}

    def has(self, name: str) -> bool:
        """Whether there is a file for the key of this name."""
        return name in self._new or self._find(name) is not None

    def signer(self, key: Key) -> Signer | None:
        """What signs for `key`; None without its file. Raises FeedError on a wrong phrase or another key's file."""
        if key.keyid in self._open:
            return self._open[key.keyid]
        path = self._find(key_name(key))
        if path is None or not isinstance(key, SSlibKey):
            return None
        private = self._phrases.open(path)
        if CryptoSigner(private).public_key.keyval != key.keyval:
            raise FeedError(f"{path} holds another key than the feed knows under that name: it is of another feed.")
        self._open[key.keyid] = CryptoSigner(private, key)
        return self._open[key.keyid]

    def make(self, name: str) -> CryptoSigner:
        """A new key, in memory until `keep`."""
        private = Ed25519PrivateKey.generate()
        secret = BestAvailableEncryption(self._phrases.new(name).encode())
        self._new[name] = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, secret)
        signer = CryptoSigner(private)
        self._open[signer.public_key.keyid] = signer
        return signer

    def keep(self) -> None:
        """Write the new keys to the first folder, in files that only their owner may read."""
        for name, content in self._new.items():
            path = self.folders[0] / f"{name}.pem"
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        self._new.clear()

    def prepare(self) -> None:
        """Make the first folder for the keys of a new feed. Raises FeedError when it holds keys already."""
        folder = self.folders[0]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.glob("*.pem")) or (folder / TRUSTED).exists():
            raise FeedError(f"There are keys in {folder} already. Choose an empty folder for the keys of a new feed.")

    def trust(self, root: bytes) -> None:
        """Keep the first root beside the keys."""
        (self.folders[0] / TRUSTED).write_bytes(root)

    def trusted(self) -> bytes:
        """The root that was kept beside the keys: nothing is signed for a feed that has another.

        Raises FeedError where there is none.
        """
        for folder in self.folders:
            if not folder.is_dir():
                raise FeedError(f"There is no folder {folder}. Name the folder with the key files with --keys.")
        for folder in self.folders:
            if (folder / TRUSTED).is_file():
                return (folder / TRUSTED).read_bytes()
        raise FeedError(
            f"There is no {TRUSTED} beside the keys in {self.folders[0]}. "
            f"Copy it there from where the keys were made, not from the feed."
        )

    def _find(self, name: str) -> Path | None:
        files = (folder / f"{Path(name).name}.pem" for folder in self.folders)
        return next((file for file in files if file.is_file()), None)


def _load(path: Path, phrase: str | None) -> Ed25519PrivateKey | None:
    """The key in a file, or None when the phrase is wrong. Raises FeedError when the file holds no such key."""
    try:
        key = load_pem_private_key(path.read_bytes(), (phrase or " ").encode())
    except (ValueError, TypeError) as error:  # TypeError: the file is not under a pass phrase
        if "password" in str(error) and isinstance(error, ValueError):
            return None
        raise FeedError(_NO_KEY.format(path=path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise FeedError(_NO_KEY.format(path=path))
    return key


def _not_empty(phrase: str) -> str:
    if not phrase.strip():
        raise FeedError("The pass phrase is empty. Choose one of four or more words.")
    return phrase
