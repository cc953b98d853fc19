"""What both places, a web server and a folder, have to do alike; and what only one of them can."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

from sync.cancel import Cancel
from sync.folder import FolderTransport
from sync.http import HttpTransport
from sync.outcomes import MissingError, Outcome, SyncError
from tests.fakes.feed import HostileServer
from tests.fakes.pc import QUICK, SECOND, a_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sync.transport import Transport

CONTENT = bytes(range(256)) * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "place"
    (made / "targets").mkdir(parents=True)
    (made / "targets/a file.bin").write_bytes(CONTENT)
    (made / "targets/empty.bin").write_bytes(b"")
    (tmp_path / "secret").write_text("not below the place")
    return made


@pytest.fixture(params=["web server", "folder"])
def place(request: pytest.FixtureRequest, folder: Path) -> Iterator[Callable[[Cancel], Transport]]:
    if request.param == "folder":
        yield lambda cancel: FolderTransport(folder, cancel)
        return
    with HostileServer(folder) as server:
        made: list[HttpTransport] = []

        def over_http(cancel: Cancel) -> Transport:
            made.append(HttpTransport(server.url, cancel, limits=QUICK))
            return made[-1]

        yield over_http
        for transport in made:
            transport.close()


def read(transport: Transport, name: str, length: int, start: int = 0) -> bytes:
    with transport.get(name, length, start) as body:
        assert body.start == start
        return b"".join(body.chunks)


def test_a_file(place: Callable[[Cancel], Transport]) -> None:
    assert read(place(Cancel()), "targets/a%20file.bin", len(CONTENT)) == CONTENT


def test_an_empty_file(place: Callable[[Cancel], Transport]) -> None:
    assert read(place(Cancel()), "targets/empty.bin", 0) == b""


def test_the_rest_of_a_file(place: Callable[[Cancel], Transport]) -> None:
    assert read(place(Cancel()), "targets/a%20file.bin", len(CONTENT), 1000) == CONTENT[1000:]


def test_no_byte_more_than_asked_for(place: Callable[[Cancel], Transport]) -> None:
    with pytest.raises(SyncError) as refused:
        read(place(Cancel()), "targets/a%20file.bin", len(CONTENT) - 1)
    assert refused.value.outcome is Outcome.NOT_TRUSTED


@pytest.mark.parametrize("name", ["targets/none", "targets", "", "../secret", "%2e%2e/secret", "targets/../../secret"])
def test_what_is_not_there_or_elsewhere_is_missing(place: Callable[[Cancel], Transport], name: str) -> None:
    with pytest.raises(MissingError):
        read(place(Cancel()), name, 100)


@pytest.mark.parametrize("name", ["a\0b", "targets/" + "x" * 5000, "targets/a%00b"])
def test_names_that_are_none(place: Callable[[Cancel], Transport], name: str) -> None:
    with pytest.raises(SyncError):
        read(place(Cancel()), name, 100)


def test_stopped_before_it_began(place: Callable[[Cancel], Transport]) -> None:
    cancel = Cancel()
    transport = place(cancel)
    cancel.set()
    with pytest.raises(SyncError) as stopped:
        read(transport, "targets/a%20file.bin", len(CONTENT))
    assert stopped.value.outcome is Outcome.CANCELLED


def test_stopped_between_two_pieces(place: Callable[[Cancel], Transport]) -> None:
    cancel = Cancel()
    with pytest.raises(SyncError) as stopped, place(cancel).get("targets/a%20file.bin", len(CONTENT)) as body:
        next(body.chunks)
        cancel.set()
        list(body.chunks)
    assert stopped.value.outcome is Outcome.CANCELLED


# A folder


def test_a_stick_that_was_pulled_out(folder: Path) -> None:
    transport = FolderTransport(folder / "none", Cancel())
    with pytest.raises(SyncError, match="is not there") as gone:
        read(transport, "metadata/timestamp.json", 100)
    assert gone.value.outcome is Outcome.OFFLINE
    assert not isinstance(gone.value, MissingError)


def test_a_link_that_leads_out_of_the_folder(folder: Path) -> None:
    (folder / "link").symlink_to(folder.parent / "secret")
    with pytest.raises(MissingError):
        read(FolderTransport(folder, Cancel()), "link", 100)


def test_an_update_from_a_folder(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        world.feed.publish(SECOND, "2026.11.2")
        assert world.sync(FolderTransport(world.feed.folder, Cancel())).outcome is Outcome.UPDATED
        assert world.in_use() == SECOND
        assert world.server.requests == []


def test_a_folder_that_holds_no_feed(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        result = world.sync(FolderTransport(world.folder, Cancel()))
        assert result.outcome is Outcome.OFFLINE
        assert "There is no feed" in result.sentence


# A web server


def test_stopped_while_nothing_comes(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        world.server.fault("hang")
        stop = threading.Timer(0.2, world.cancel.set)
        stop.start()
        transport = HttpTransport(world.server.url, world.cancel)  # which would wait ten seconds
        assert world.sync(transport).outcome is Outcome.CANCELLED
        stop.join()


@contextmanager
def silent_address() -> Iterator[str]:
    """An address whose queue is full, so that nothing answers a connection, as behind a firewall that drops."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as held:
        for _ in range(4):
            wire = held.enter_context(socket.socket())
            wire.setblocking(False)
            wire.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_stopped_while_a_connection_is_being_made(tmp_path: Path) -> None:
    with a_world(tmp_path) as world, silent_address() as address:
        stop = threading.Timer(0.2, world.cancel.set)
        stop.start()
        result = world.sync(HttpTransport(address, world.cancel))  # which would wait ten seconds
        assert result.outcome is Outcome.CANCELLED
        stop.join()


def test_nothing_answers_a_connection(tmp_path: Path) -> None:
    with a_world(tmp_path) as world, silent_address() as address:
        result = world.sync(HttpTransport(address, world.cancel, limits=QUICK))
        assert (result.outcome, result.sentence) == (Outcome.OFFLINE, "127.0.0.1: no answer in time.")


def test_nothing_is_followed_to_another_place(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        world.server.fault("portal302")
        world.sync()
        assert not [path for path in world.server.paths() if path == "/login"]


def test_no_cookie_no_password_and_no_name_of_this_pc_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login nurse password secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with a_world(tmp_path) as world:
        world.sync()
        for asked in world.server.requests:
            assert set(asked.headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection", "Range"}
            assert asked.headers["User-Agent"] == "ilsy"


@contextmanager
def tls_server(folder: Path) -> Iterator[tuple[str, Path]]:
    """An HTTPS server that closes at once after the handshake, and the certificate that it shows."""
    certificate, key = folder / "server.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                wire, _ = listener.accept()
            except OSError:
                return
            with wire:
                try:
                    with context.wrap_socket(wire, server_side=True) as secure:
                        secure.recv(4096)
                        secure.sendall(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"https://localhost:{listener.getsockname()[1]}", certificate
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def test_a_certificate_that_nobody_here_trusts(tmp_path: Path) -> None:
    with a_world(tmp_path) as world, tls_server(tmp_path) as (address, _):
        result = world.sync(HttpTransport(address, Cancel(), limits=QUICK))
    assert result.outcome is Outcome.OFFLINE
    assert result.sentence.startswith("localhost: no secure connection: self-signed certificate")


def test_a_certificate_that_it_added(tmp_path: Path) -> None:
    with a_world(tmp_path) as world, tls_server(tmp_path) as (address, certificate):
        result = world.sync(HttpTransport(address, Cancel(), limits=QUICK, ca_file=certificate))
    assert result.outcome is Outcome.SERVER_BUSY


def test_a_certificate_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(SyncError, match="cannot be read"):
        HttpTransport("https://localhost", Cancel(), ca_file=tmp_path / "none.pem")
