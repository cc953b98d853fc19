"""A connection that a deadline, or a person who presses Cancel, can cut at any moment: while it is being made, in the
handshake, in the headers and in the body."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from sync.outcomes import Outcome, SyncError

if TYPE_CHECKING:
    from typing import Any

_USUAL = 10.0  # seconds for a connection where nobody says otherwise
_LOOK_UP = 0.1  # seconds between two looks whether the line was cut
_UNDER_WAY = frozenset({errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)})


class Line:
    """Makes sockets, and holds a second handle on the one in use, by which a wait that the first is in can be ended."""

    def __init__(self) -> None:
        self._handle: socket.socket | None = None
        self._lock = threading.Lock()
        self._is_cut = threading.Event()

    def connect(self, host: str, port: int, seconds: float) -> socket.socket:
        """A connection to the first address of `host` that answers, each in `seconds`. Raises OSError."""
        failed: OSError = OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            wire = socket.socket(family, kind, protocol)
            try:
                self._reach(wire, address, seconds)
            except OSError as error:
                wire.close()
                failed = error
                continue
            wire.settimeout(seconds)
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._hold(wire)
            return wire
        raise failed

    def mend(self) -> None:
        """Begin anew after a cut."""
        self._is_cut.clear()

    def cut(self) -> None:
        """End every wait on this line."""
        self._is_cut.set()
        with self._lock, suppress(OSError):
            if self._handle is not None:
                self._handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the second handle."""
        with self._lock:
            handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()

    def _reach(self, wire: socket.socket, address: Any, seconds: float) -> None:
        wire.setblocking(False)
        begun = wire.connect_ex(address)
        if begun not in (0, *_UNDER_WAY):
            raise OSError(begun, os.strerror(begun))
        end = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(wire, selectors.EVENT_WRITE)
            while not selector.select(_LOOK_UP):
                if self._is_cut.is_set():
                    raise ConnectionAbortedError(errno.ECONNABORTED, os.strerror(errno.ECONNABORTED))
                if time.monotonic() > end:
                    raise TimeoutError
        ended = wire.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if ended:
            raise OSError(ended, os.strerror(ended))

    def _hold(self, wire: socket.socket) -> None:
        handle = wire.dup()
        self.close()
        with self._lock:
            self._handle = handle


class Deadline:
    """Cuts a line when the time is over; `passed` says that it was."""

    def __init__(self, seconds: float, line: Line) -> None:
        self._seconds = seconds
        self._line = line
        self._timer = threading.Timer(seconds, self._over)
        self._timer.daemon = True
        self.passed = False

    def __enter__(self) -> None:
        self._line.mend()
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def check(self, place: str) -> None:
        """Raise SyncError when the time is over."""
        if self.passed:
            raise self.error(place)

    def error(self, place: str) -> SyncError:
        """What a passed deadline means."""
        return SyncError(Outcome.OFFLINE, f"{place} sent too little in {self._seconds:.0f} seconds.")

    def _over(self) -> None:
        self.passed = True
        self._line.cut()


def pools(line: Line) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pools, by scheme, whose connections come from a line."""

    class Connection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return line.connect(self._dns_host, self.port, _seconds(self))

    class SecureConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return line.connect(self._dns_host, self.port, _seconds(self))

    class Pool(HTTPConnectionPool):
        ConnectionCls = Connection

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = SecureConnection

    return {"http": Pool, "https": SecurePool}


def _seconds(connection: HTTPConnection) -> float:
    timeout = connection.timeout
    return timeout if isinstance(timeout, int | float) else _USUAL
