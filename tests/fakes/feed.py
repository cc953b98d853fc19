"""A real feed, made fast and spoilt on purpose, and a real web server that cuts, stalls, corrupts and lies.

The feed is signed by the code that signs the true one; only the keys live in memory.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import json
import shutil
import socket
import threading
import time
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import formatdate
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, TargetFile

from central_feed import patches, signing
from central_feed.repository import Feed
from central_feed.roles import ROLES, State, add_key, now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from types import TracebackType

    from securesystemslib.signer import Key, Signer

COUNTS = {"root": 3, "targets": 2, "snapshot": 1, "timestamp": 1}
THRESHOLDS = {"root": 2, "targets": 2, "snapshot": 1, "timestamp": 1}


class MemoryKeys:
    """Private keys that are never written to disk."""

    def __init__(self) -> None:
        self.held: dict[str, CryptoSigner] = {}

    def has(self, name: str) -> bool:
        return name in self.held

    def signer(self, key: Key) -> Signer | None:
        return next((one for one in self.held.values() if one.public_key.keyid == key.keyid), None)

    def make(self, name: str) -> CryptoSigner:
        self.held[name] = CryptoSigner.generate_ed25519()
        return self.held[name]

    def keep(self) -> None:
        """There is nowhere to keep them."""


class FakeFeed:
    """A feed in `folder`. Each method leaves one state that a client may meet; `publish` afterwards is right again."""

    def __init__(self, folder: Path, at: datetime | None = None) -> None:
        self.feed = Feed(folder)
        for part in (self.feed.metadata, self.feed.targets):
            part.mkdir(parents=True)
        self.keys = MemoryKeys()
        empty, change = signing.first_state(self.keys, COUNTS, THRESHOLDS)
        self.state: State = signing.commit(self.feed, self.keys, empty, change, at or now())

    @property
    def folder(self) -> Path:
        """What a web server serves, and what is on a stick."""
        return self.feed.folder

    @property
    def root(self) -> bytes:
        """The root of trust that clients are given."""
        return self.feed.root_file(1).read_bytes()

    # What a publisher does

    def publish(
        self,
        content: bytes,
        version: str = "2026.11.1",
        *,
        name: str = "standard",
        dated: str = "2026-11-24",
        whole: bool = True,
        bases: Sequence[bytes] = (),
        patch: Callable[[bytes, bytes], bytes] = patches.make_patch,
        keep: bool = True,
        at: datetime | None = None,
    ) -> str:
        """Publish `content` as the newest pack, with its notes, and patches from each of `bases`.

        `keep` False drops all that was named before. Returns the raw pack's target name.
        """
        raw = f"{name}-{version}.ilsypack"
        label = {"kind": "pack", "name": name, "version": version, "dated": dated, "sequence": self._sequence() + 1}
        found = [self.target(raw, content, label)]
        if whole:
            found.append(self.target(f"{raw}.zst", patches.compress(content), {"kind": "whole", "of": raw}))
        for base in bases:
            digest = sha256(base).hexdigest()
            custom = {"kind": "patch", "of": raw, "base": digest}
            file = f"{name}-{self._version_of(digest)}-{version}.zstpatch"
            found.append(self.target(file, patch(base, content), custom))
        words = "1 new"
        item = {"change": "new", "kind": "tool", "slug": "pdsa", "title": "PDSA", "words": "New."}
        notes = {"format": 1, "name": name, "version": version, "dated": dated, "from_version": None}
        notes_bytes = json.dumps({**notes, "items": [item], "words": words}).encode()
        found.append(self.target(f"{name}-{version}.notes.json", notes_bytes, {"kind": "notes", "of": raw}))
        self.name_targets(found, keep=keep, at=at)
        return raw

    def publish_pack(self, path: Path, version: str, *, bases: Sequence[Path] = (), keep: bool = True) -> str:
        """Publish the file `path` as the newest pack, with patches from the files `bases`."""
        return self.publish(path.read_bytes(), version, bases=[base.read_bytes() for base in bases], keep=keep)

    def target(self, name: str, content: bytes, custom: dict[str, Any]) -> TargetFile:
        """Put a target's bytes in their place; nothing names it yet. Tricks in `name` stay out of the file's name."""
        target = TargetFile.from_data(name, content, ["sha256"])
        target.unrecognized_fields["custom"] = {"ilsy": custom}
        if "/" not in name:
            self.feed.target_file(target).write_bytes(content)
        return target

    def name_targets(self, found: Iterable[TargetFile], *, keep: bool = True, at: datetime | None = None) -> None:
        """Sign for these targets, beside those that are named already or in place of them."""
        targets = copy.deepcopy(self.state.targets.signed)
        targets.targets = {**(targets.targets if keep else {}), **{one.path: one for one in found}}
        self.commit(signing.Change(targets=targets), at)

    def commit(self, change: signing.Change, at: datetime | None = None) -> None:
        """Publish a change as a publisher would."""
        self.state = signing.commit(self.feed, self.keys, self.state, change, at or now())

    def renew(self, at: datetime | None = None) -> None:
        """Snapshot and timestamp signed again."""
        self.commit(signing.Change(resign=frozenset({"snapshot"})), at)

    def rotate(self, role: str, *, lose_old: bool = False) -> None:
        """A new key in place of the role's first; `lose_old` says that the old one cannot sign the change any more."""
        root = copy.deepcopy(self.state.root.signed)
        old = root.roles[role].keyids[0]
        root.revoke_key(old, role)
        if lose_old:
            self.keys.held = {name: one for name, one in self.keys.held.items() if one.public_key.keyid != old}
        add_key(root, role, self.keys, self.state.key_names())
        self.commit(signing.Change(root=root, resign=frozenset({role})))

    # What goes wrong

    def expire(self, role: str, by: timedelta = timedelta(days=1)) -> None:
        """The role's metadata ran out `by` ago; rightly signed."""
        self.forge(role, expires=now() - by)

    def sign_with_wrong_keys(self, role: str) -> None:
        """The role's next version, signed by as many keys as it takes, which nobody knows."""
        self.forge(role, signers=[CryptoSigner.generate_ed25519() for _ in range(THRESHOLDS[role])])

    def sign_too_little(self, role: str = "targets") -> None:
        """The role's next version, signed by one key fewer than it takes."""
        self.forge(role, signers=self._signers(role)[: THRESHOLDS[role] - 1])

    def forge(self, role: str, *, expires: datetime | None = None, signers: Sequence[Signer] | None = None) -> None:
        """The role's next version, out of the ordinary; what names it is rightly signed."""
        content = copy.deepcopy(self.state.of(role).signed)
        content.version += 1
        content.expires = expires or content.expires
        metadata: Metadata[Any] = Metadata(content)
        for signer in self._signers(role) if signers is None else signers:
            metadata.sign(signer, append=True)
        if role == "root":
            self.feed.root_file(content.version).write_bytes(metadata.to_bytes())
            self.state = State((*self.state.roots, metadata), *(self.state.of(one) for one in ROLES[1:]))
            return
        name = "timestamp.json" if role == "timestamp" else f"{content.version}.{role}.json"
        (self.feed.metadata / name).write_bytes(metadata.to_bytes())
        rest = {one: metadata if one == role else self.state.of(one) for one in ROLES[1:]}
        self.state = State(self.state.roots, **rest)
        above = {"targets": "snapshot", "snapshot": "timestamp"}.get(role)
        if above:
            self.commit(signing.Change(resign=frozenset({above})))

    def drop_root(self) -> None:
        """The newest root is taken away again, as after a forged one."""
        self.file("root").unlink()
        self.state = State(self.state.roots[:-1], *(self.state.of(one) for one in ROLES[1:]))

    def remember(self, kept: Path) -> Path:
        """A copy of the whole feed as it is, for `roll_back`."""
        return shutil.copytree(self.folder, kept)

    def roll_back(self, kept: Path) -> None:
        """Replay an older timestamp with all that it names: all well signed, and all of yesterday."""
        for path in (kept / "metadata").iterdir():
            if "root" not in path.name:
                shutil.copyfile(path, self.feed.metadata / path.name)

    def mix_versions(self) -> None:
        """The newest timestamp, and under the snapshot's name the snapshot before it."""
        version = self.state.snapshot.signed.version
        shutil.copyfile(self.feed.metadata / f"{version - 1}.snapshot.json", self.file("snapshot"))

    def swap_targets(self, one: str, other: str) -> None:
        """Two targets' files exchange their contents."""
        first, second = self.target_path(one), self.target_path(other)
        contents = first.read_bytes(), second.read_bytes()
        second.write_bytes(contents[0])
        first.write_bytes(contents[1])

    def damage(self, target: str, position: int = -1) -> None:
        """One bit of a target's file changes."""
        path = self.target_path(target)
        content = bytearray(path.read_bytes())
        content[position] ^= 1
        path.write_bytes(content)

    # Where things are

    def file(self, role: str) -> Path:
        """The present metadata file of a role."""
        if role == "timestamp":
            return self.feed.timestamp
        return self.feed.metadata / f"{self.state.of(role).signed.version}.{role}.json"

    def target_path(self, name: str) -> Path:
        """The file of a target."""
        return self.feed.target_file(self.state.targets.signed.targets[name])

    def _signers(self, role: str) -> list[Signer]:
        root = self.state.root.signed
        found = [self.keys.signer(root.keys[keyid]) for keyid in root.roles[role].keyids]
        return [signer for signer in found if signer is not None]

    def _version_of(self, digest: str) -> str:
        named = self.state.targets.signed.targets.values()
        found = (str(one.custom["ilsy"]["version"]) for one in named if one.hashes["sha256"] == digest)
        return next(found, digest[:8])

    def _sequence(self) -> int:
        named = self.state.targets.signed.targets.values()
        return max((one.custom["ilsy"].get("sequence", 0) for one in named), default=0)


@dataclass
class Asked:
    """One request as the server saw it. `sent` counts the bytes of the body."""

    path: str
    range: str | None
    status: int = 0
    sent: int = 0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """How the server misbehaves: one of `FAULTS`, on paths that contain `only`, for the first `times` requests."""

    kind: str
    only: str = ""
    times: int = 1_000_000
    status: int = 503
    content_type: str = "text/plain"
    retry_after: str | None = None
    fraction: float = 0.5
    seconds: float = 1.0
    extra: int = 1000


LOGIN = b"<!doctype html><html><title>Guest Wi-Fi</title><body>Please sign in to go on.</body></html>"
BOMB_SIZE = 256_000_000
_BLOCK = 16_384


class HostileServer:
    """Serves `folder` at `url` until the end of the `with` block, as `fault` says.

    Faults: portal200 and portal302 (a sign-in page), status (`status`, `retry_after`), truncate (the body
    ends at `fraction` of its announced length), short (the same, with no length announced), wrong_length
    (`extra` bytes too many), endless, drip (a byte every `seconds`), drip_headers, hang (no answer),
    gzip (a bomb), reset (the connection breaks), wrong_range (206 for another part than asked).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ranges = True
        self.date_shift = timedelta()
        self.requests: list[Asked] = []
        self.stopping = threading.Event()
        self._fault: Fault | None = None
        self._hits = 0
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="hostile-server")

    @property
    def url(self) -> str:
        """The address of the feed's folder, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fault(self, kind: str, **options: Any) -> None:
        """Misbehave from now on."""
        with self._lock:
            self._fault, self._hits = Fault(kind, **options), 0

    def heal(self) -> None:
        """Behave from now on."""
        with self._lock:
            self._fault = None

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.requests]

    def sent(self) -> int:
        """Bytes of all bodies."""
        return sum(asked.sent for asked in self.requests)

    def fault_for(self, path: str) -> Fault | None:
        """The fault that this request meets."""
        with self._lock:
            fault = self._fault
            if fault is None or fault.only not in path or self._hits >= fault.times:
                return None
            self._hits += 1
            return fault

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, owner: HostileServer) -> None:
        self.owner = owner
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """The log is `requests`."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate((timestamp or time.time()) + self.server.owner.date_shift.total_seconds(), usegmt=True)

    def do_GET(self) -> None:
        owner = self.server.owner
        path = unquote(urlsplit(self.path).path)
        self.asked = Asked(path, self.headers.get("Range"), headers=dict(self.headers.items()))
        owner.requests.append(self.asked)
        fault = owner.fault_for(path)
        if path == "/login":
            self._portal200()
        elif fault is not None and fault.kind in _BEFORE:
            _BEFORE[fault.kind](self, fault)
        else:
            self._file(path, fault)

    def _file(self, path: str, fault: Fault | None) -> None:
        file = (self.server.owner.folder / path.lstrip("/")).resolve()
        if not file.is_relative_to(self.server.owner.folder.resolve()) or not file.is_file():
            self._answer(404, b"Not here", {"Content-Type": "text/plain"})
            return
        status, body, headers = self._part(file.read_bytes())
        if fault is None:
            self._answer(status, body, headers)
        else:
            _BODIES[fault.kind](self, fault, status, body, headers)

    def _part(self, content: bytes) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers for what was asked of a file."""
        headers = {"Content-Type": "application/octet-stream"}
        if not self.server.owner.ranges:
            return 200, content, headers
        headers["Accept-Ranges"] = "bytes"
        wanted = (self.asked.range or "").removeprefix("bytes=")
        first, dash, last = wanted.partition("-")
        if not dash or not first:
            return 200, content, headers
        begin, end = int(first), min(int(last) + 1 if last else len(content), len(content))
        if begin >= len(content):
            return 416, b"", {**headers, "Content-Range": f"bytes */{len(content)}"}
        return 206, content[begin:end], {**headers, "Content-Range": f"bytes {begin}-{end - 1}/{len(content)}"}

    def _answer(self, status: int, body: bytes, headers: dict[str, str], length: int | None = None) -> None:
        self._head(status, {**headers, "Content-Length": str(len(body) if length is None else length)})
        self._send(body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.asked.status = status
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, body: bytes, pause: float = 0.0, block: int = _BLOCK) -> None:
        """Send in blocks; counted before a client can have seen them, so that `sent` is right when it looks."""
        for start in range(0, len(body), block):
            if self.server.owner.stopping.wait(pause) if pause else self.server.owner.stopping.is_set():
                self.close_connection = True
                return
            piece = body[start : start + block]
            self.asked.sent += len(piece)
            self.wfile.write(piece)

    def _portal200(self, fault: Fault | None = None) -> None:
        self._answer(200, LOGIN, {"Content-Type": "text/html; charset=utf-8"})

    def _portal302(self, fault: Fault) -> None:
        self._answer(302, b"", {"Location": f"{self.server.owner.url}/login"})

    def _status(self, fault: Fault) -> None:
        headers = {"Content-Type": fault.content_type}
        if fault.retry_after is not None:
            headers["Retry-After"] = fault.retry_after
        self._answer(fault.status, b"No", headers)

    def _hang(self, fault: Fault) -> None:
        self.server.owner.stopping.wait()
        self.close_connection = True

    def _reset(self, fault: Fault) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.connection.close()
        self.close_connection = True

    def _drip_headers(self, fault: Fault) -> None:
        self.asked.status = 200
        head = b"HTTP/1.1 200 OK\r\nX-Slow: " + b"z" * 4000
        self._send(head, fault.seconds, 1)
        self.asked.sent = 0
        self.close_connection = True

    def _gzip(self, fault: Fault) -> None:
        self._answer(200, _bomb(), {"Content-Type": "application/octet-stream", "Content-Encoding": "gzip"})

    def _truncate(self, fault: Fault, status: int, body: bytes, headers: dict[str, str]) -> None:
        self._answer(status, body[: int(len(body) * fault.fraction)], headers, len(body))
        self.close_connection = True

    def _short(self, fault: Fault, status: int, body: bytes, headers: dict[str, str]) -> None:
        self._head(status, {**headers, "Connection": "close"})
        self._send(body[: int(len(body) * fault.fraction)])

    def _wrong_length(self, fault: Fault, status: int, body: bytes, headers: dict[str, str]) -> None:
        self._answer(status, body + b"\0" * fault.extra, headers)

    def _endless(self, fault: Fault, status: int, body: bytes, headers: dict[str, str]) -> None:
        self._head(status, {**headers, "Connection": "close"})
        self._send(body)
        while not self.server.owner.stopping.is_set():
            self._send(b"\0" * _BLOCK)

    def _drip(self, fault: Fault, status: int, body: bytes, headers: dict[str, str]) -> None:
        self._head(status, {**headers, "Content-Length": str(len(body))})
        self._send(body, fault.seconds, 1)

    def _wrong_range(self, fault: Fault, status: int, body: bytes, headers: dict[str, str]) -> None:
        if status == 206:
            headers = {**headers, "Content-Range": f"bytes 0-{len(body) - 1}/{len(body)}"}
        self._answer(status, body, headers)


@functools.cache
def _bomb() -> bytes:
    """A quarter of a megabyte that unpacks to `BOMB_SIZE`."""
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1_000_000)
    pieces = [packer.compress(zeros) for _ in range(BOMB_SIZE // len(zeros))]
    return b"".join([*pieces, packer.flush()])


_BEFORE: dict[str, Callable[[_Handler, Fault], None]] = {
    "portal200": _Handler._portal200,
    "portal302": _Handler._portal302,
    "status": _Handler._status,
    "hang": _Handler._hang,
    "reset": _Handler._reset,
    "drip_headers": _Handler._drip_headers,
    "gzip": _Handler._gzip,
}
_BODIES: dict[str, Callable[[_Handler, Fault, int, bytes, dict[str, str]], None]] = {
    "truncate": _Handler._truncate,
    "short": _Handler._short,
    "wrong_length": _Handler._wrong_length,
    "endless": _Handler._endless,
    "drip": _Handler._drip,
    "wrong_range": _Handler._wrong_range,
}
FAULTS = (*_BEFORE, *_BODIES)
