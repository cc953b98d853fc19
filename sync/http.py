"""A feed behind HTTPS: requests with the operating system's trust, one deadline a file, and nothing followed.

python-tuf's own fetchers are not enough: a server that sends one byte every second holds them for ever.
The deadline here cuts the connection itself, so it also ends a wait inside the headers.
"""

from __future__ import annotations

import email.utils
import http.client
import socket
import ssl
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3.exceptions import HTTPError

from sync.line import Deadline, Line, pools
from sync.outcomes import MissingError, Outcome, SyncError
from sync.transport import CHUNK, Body, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from urllib3 import PoolManager

    from sync.cancel import Cancel

NO_LONGER_THERE = frozenset({403, 404, 410})
SIGN_IN = frozenset({401, 407, 511})
PART, RESUME_REFUSED, TOO_MANY = 206, 416, 429
USUAL = Limits()
_BEFORE_A_PAGE = b"\xef\xbb\xbf \t\r\n"
_FAULTS = (requests.RequestException, HTTPError, http.client.HTTPException, OSError, ValueError)


def proxy_of_environment(url: str) -> str | None:
    """The proxy that the environment, or on Windows the registry, names for an address."""
    return select_proxy(url, get_environ_proxies(url))


class HttpTransport:
    """Reads a feed's files from below the address `base`.

    `ca_file` is trusted besides the operating system's certificates. `proxy_for` gives the proxy for an
    address, or None.
    """

    def __init__(
        self,
        base: str,
        cancel: Cancel,
        *,
        limits: Limits = USUAL,
        ca_file: Path | None = None,
        proxy_for: Callable[[str], str | None] = proxy_of_environment,
    ) -> None:
        self._base = base if base.endswith("/") or not base else f"{base}/"
        self._cancel = cancel
        self._limits = limits
        self._proxy_for = proxy_for
        self._line = Line()
        self._session = requests.Session()
        self._session.trust_env = False  # no passwords from a .netrc, no other certificates
        adapter = _Adapter(self._line, _tls(ca_file))
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._clock_error: timedelta | None = None

    @property
    def place(self) -> str:
        return urlsplit(self._base).hostname or self._base

    def clock_error(self) -> timedelta | None:
        """How far this PC's clock is ahead of the server's."""
        return self._clock_error

    def close(self) -> None:
        """Close the connection."""
        self._session.close()
        self._line.close()

    @contextmanager
    def get(self, name: str, length: int, start: int = 0) -> Iterator[Body]:
        """See `Transport.get`. Redirects are not followed: what redirects here is a sign-in page."""
        url = urljoin(self._base, name)
        deadline = Deadline(self._limits.deadline(length), self._line)
        with self._cancel.unblocking(self._line.cut), deadline:
            response = self._ask(url, start, deadline)
            if start and _is_another_part(response, start):
                response.close()
                response = self._ask(url, 0, deadline)
            with closing(response):
                self._look_at(response, name)
                begins = _begins(response)
                ranges = response.status_code == PART or response.headers.get("Accept-Ranges") == "bytes"
                yield Body(begins, self._chunks(response, name, length, begins, deadline), ranges)

    def _ask(self, url: str, start: int, deadline: Deadline) -> requests.Response:
        headers = {"Accept-Encoding": "identity", "User-Agent": "ilsy"}
        if start:
            headers["Range"] = f"bytes={start}-"
        proxy = self._proxy_for(url)
        try:
            return self._session.get(
                url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(self._limits.connect, self._limits.gap),
                proxies={"http": proxy, "https": proxy} if proxy else None,
            )
        except _FAULTS as error:
            raise self._fault(error, deadline) from error

    def _look_at(self, response: requests.Response, name: str) -> None:
        """Raise what the status and the headers of an answer say."""
        self._note_time(response)
        status = response.status_code
        if status in NO_LONGER_THERE:
            raise MissingError(self.place, name, status)
        if status == TOO_MANY or (status >= 500 and status not in SIGN_IN):
            wait = _retry_after(response.headers.get("Retry-After", ""))
            words = f"{self.place} is busy (status {status})."
            raise SyncError(Outcome.SERVER_BUSY, words, retry_after=wait, status=status)
        if status in SIGN_IN or 300 <= status < 400 or "text/html" in response.headers.get("Content-Type", ""):
            who = "The proxy" if status == 407 else "The network"
            raise SyncError(Outcome.SIGN_IN_PAGE, f"{who} answers for {self.place} and wants a sign-in.", status=status)
        if status not in (200, PART):
            raise SyncError(Outcome.OFFLINE, f"{self.place} answered with status {status}.", status=status)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise SyncError(
                Outcome.OFFLINE, f"{name} was packed on its way from {self.place}; ask IT to look at the proxy."
            )

    def _note_time(self, response: requests.Response) -> None:
        with suppress(ValueError, TypeError):
            told = email.utils.parsedate_to_datetime(response.headers.get("Date", ""))
            self._clock_error = datetime.now(UTC) - (told if told.tzinfo else told.replace(tzinfo=UTC))

    def _chunks(
        self, response: requests.Response, name: str, length: int, start: int, deadline: Deadline
    ) -> Iterator[bytes]:
        promised = response.headers.get("Content-Length", "")
        if promised.isdigit() and start + int(promised) > length:
            raise self._too_long(name)
        done = start
        try:
            while chunk := response.raw.read1(CHUNK, decode_content=False):
                self._cancel.check()
                deadline.check(self.place)
                if done == 0 and chunk.lstrip(_BEFORE_A_PAGE)[:1] == b"<":
                    raise SyncError(Outcome.SIGN_IN_PAGE, f"The network answers for {self.place} with a page.")
                done += len(chunk)
                if done > length:
                    raise self._too_long(name)
                yield chunk
        except _FAULTS as error:
            raise self._fault(error, deadline) from error
        self._cancel.check()
        deadline.check(self.place)
        if promised.isdigit() and done < start + int(promised):
            raise SyncError(Outcome.OFFLINE, f"The connection to {self.place} broke off.")

    def _too_long(self, name: str) -> SyncError:
        return SyncError(Outcome.NOT_TRUSTED, f"{name} from {self.place} is longer than it may be.")

    def _fault(self, error: Exception, deadline: Deadline) -> SyncError:
        """The named outcome of whatever the network libraries raise."""
        if self._cancel.is_set():
            return SyncError(Outcome.CANCELLED, "The update was stopped.")
        if deadline.passed:
            return deadline.error(self.place)
        words = str(error)
        if "407 " in words:
            return SyncError(Outcome.SIGN_IN_PAGE, f"The proxy on the way to {self.place} wants a sign-in.", status=407)
        if "not yet valid" in words:
            return SyncError(
                Outcome.CLOCK_WRONG, f"The certificate of {self.place} is not valid yet by this PC's clock."
            )
        return SyncError(Outcome.OFFLINE, f"{self.place}: {_why(error)}.")


class _Adapter(HTTPAdapter):
    """Connections that hand their socket to a line, with our idea of trust."""

    def __init__(self, line: Line, tls: ssl.SSLContext) -> None:
        self._pools = pools(line)
        self._tls = tls
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **settings: Any) -> None:
        super().init_poolmanager(*args, **settings, ssl_context=self._tls)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **settings: Any) -> PoolManager:
        manager: PoolManager = super().proxy_manager_for(proxy, **settings, ssl_context=self._tls)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def cert_verify(self, conn: Any, *_: object) -> None:
        """Let the context decide alone: requests would add its own list of certificates."""
        conn.cert_reqs = "CERT_REQUIRED"


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise SyncError(Outcome.NOT_TRUSTED, f"The certificate file {ca_file} cannot be read.") from error
    return context


def _begins(response: requests.Response) -> int:
    """The offset of an answer's first byte; -1 for a part of a file that does not say which, as only a fault gives."""
    if response.status_code != PART:
        return 0
    first = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return int(first) if first.isdigit() else -1


def _is_another_part(response: requests.Response, start: int) -> bool:
    """Whether a server that was asked to go on at `start` cannot, or goes on elsewhere."""
    status = response.status_code
    return status == RESUME_REFUSED or (status == PART and _begins(response) != start)


def _retry_after(value: str) -> float | None:
    """The seconds that a Retry-After header asks for, given as a number or as a date."""
    if value.strip().isdigit():
        return float(value)
    with suppress(ValueError, TypeError):
        when = email.utils.parsedate_to_datetime(value)
        return max(0.0, (when - datetime.now(when.tzinfo)).total_seconds())
    return None


def _why(error: BaseException) -> str:
    """The innermost reason in a chain of wrapped exceptions of the network, in words that no server has chosen."""
    while isinstance(inner := error.__cause__ or error.__context__, _FAULTS):
        error = inner
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"no secure connection: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "no secure connection could be made"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, socket.gaierror):
        return "this name is not known here"
    return getattr(error, "strerror", None) or "the answer was not that of a web server, or broke off"
