"""`ilsy-admin` as IT runs it: a process, a real feed behind a server that may be hostile, a store on the disk."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from running import ROOT, log_of, one_line, run, running, until

from content_pack import open_pack
from sync.store import Store
from tests.fakes.feed import FakeFeed, HostileServer
from tests.fakes.packs import Editions, make_editions
from tests.fakes.stores import install

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DONE, FAILED, USAGE = 0, 1, 2
ENDS_WITHIN_S = 100


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return make_editions(tmp_path_factory.mktemp("editions"))


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def facts(self) -> Any:
        return json.loads(self.out)


class Office:
    """IT's view of one PC, its feed and its server."""

    def __init__(self, folder: Path, env: dict[str, str], server: HostileServer, feed: FakeFeed) -> None:
        self.folder, self.env, self.server, self.feed = folder, env, server, feed
        self.store, self.root, self.policy = folder / "store", folder / "root.json", folder / "policy"
        self.root.write_bytes(feed.root)
        self.set_policy(feed_url=server.url, feed_root=str(self.root))

    def set_policy(self, **values: object) -> None:
        self.policy.mkdir(exist_ok=True)
        (self.policy / "policy.json").write_text(json.dumps(values), encoding="utf-8")

    def command(self, *words: str, store: Path | None = None) -> list[str]:
        places = ("--store", store or self.store, "--profile", self.folder / "profile", "--policy", self.policy)
        return [sys.executable, "-c", "from ilsy_desktop.admin.cli import run; run()", *words, *map(str, places)]

    def admin(self, *words: str, store: Path | None = None) -> Done:
        done = subprocess.run(
            self.command(*words, store=store),
            env=self.env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=ENDS_WITHIN_S,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    @property
    def version(self) -> str:
        now = Store(self.store).current().pack
        return now.version if now else ""


@pytest.fixture
def office(tmp_path: Path, env: dict[str, str], editions: Editions) -> Iterator[Office]:
    feed = FakeFeed(tmp_path / "feed")
    feed.publish_pack(editions.first, "2097.1.1")
    with HostileServer(feed.folder) as server:
        yield Office(tmp_path, env, server, feed)


def test_sync_brings_the_newest_and_says_what_and_how_much(office: Office, editions: Editions) -> None:
    done = office.admin("sync")
    assert (done.code, done.err) == (DONE, "")
    assert one_line(done.out).startswith("updated: ")
    assert "2097.1.1" in done.out
    office.feed.publish_pack(editions.second, "2098.2.1", bases=[editions.first])
    facts = office.admin("sync", "--json").facts
    assert facts["outcome"] == "updated"
    assert facts["version"] == "2098.2.1"
    assert 0 < facts["bytes"] < editions.second.stat().st_size / 10
    assert facts["done"] is True
    assert office.admin("sync", "--json").facts["outcome"] == "up-to-date"
    assert office.version == "2098.2.1"


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("portal200", "sign-in-page"),
        ("portal302", "sign-in-page"),
        ("status", "server-busy"),
        ("truncate", "offline"),
        ("gzip", "offline"),
    ],
)
def test_a_fault_is_one_line_that_says_what_to_do(office: Office, fault: str, outcome: str) -> None:
    office.server.fault(fault)
    done = office.admin("sync", "--json")
    assert done.code == FAILED
    assert one_line(done.err).startswith(f"ilsy-admin: {outcome}: ")
    assert done.facts["outcome"] == outcome
    assert (done.facts["tampered"], done.facts["done"]) == (False, False)
    assert office.version == ""
    office.server.heal()
    assert office.admin("sync").code == DONE


def test_a_forged_feed_is_refused_and_called_so(office: Office) -> None:
    office.admin("sync")
    office.feed.sign_with_wrong_keys("timestamp")
    done = office.admin("sync", "--json")
    assert (done.code, done.facts["outcome"], done.facts["tampered"]) == (FAILED, "not-trusted", True)
    assert "security team" in one_line(done.err)
    doctor = office.admin("doctor")
    assert doctor.code == FAILED
    assert "contact" in one_line(doctor.err)


def test_a_signed_library_that_is_none_is_refused(office: Office) -> None:
    office.admin("sync")
    office.feed.publish(b"This is no library." * 1000, "2099.9.9")
    done = office.admin("sync")
    assert done.code == FAILED
    assert "does not pass its check" in one_line(done.err)
    assert office.version == "2097.1.1"


def test_two_at_once_end_well(office: Office, editions: Editions) -> None:
    office.feed.publish_pack(editions.second, "2098.2.1")
    pipe = subprocess.PIPE
    words = office.command("sync", "--json")
    with (
        subprocess.Popen(words, env=office.env, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as one,
        subprocess.Popen(words, env=office.env, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as other,
    ):
        ends = [process.communicate(timeout=ENDS_WITHIN_S) for process in (one, other)]
    assert [err for _, err in ends] == ["", ""]
    assert sorted(json.loads(out)["outcome"] for out, _ in ends) == ["up-to-date", "updated"]
    assert office.version == "2098.2.1"
    assert sum(path.count("/targets/") for path in office.server.paths()) == 2  # the pack and its notes, once


def test_a_stick_from_one_pc_updates_another_that_has_no_network(office: Office, editions: Editions) -> None:
    office.admin("sync")
    stick, other = office.folder / "stick", office.folder / "other"
    done = office.admin("export", str(stick))
    assert (done.code, done.err) == (DONE, "")
    office.server.fault("hang")
    office.set_policy(feed_root=str(office.root))
    asked = len(office.server.requests)
    done = office.admin("import", str(stick), "--json", store=other)
    assert (done.code, done.facts["version"]) == (DONE, "2097.1.1")
    assert len(office.server.requests) == asked
    assert office.admin("export", str(office.folder / "next"), store=other).code == DONE


def test_a_stick_that_was_tampered_with_is_refused(office: Office, editions: Editions) -> None:
    office.admin("sync")
    office.admin("export", str(office.folder / "stick"))
    for file in (office.folder / "stick" / "targets").iterdir():
        file.write_bytes(file.read_bytes()[:-1] + b"#")
    done = office.admin("import", str(office.folder / "stick"), "--json", store=office.folder / "other")
    assert (done.code, done.facts["outcome"]) == (FAILED, "not-trusted")
    one_line(done.err)
    assert Store(office.folder / "other").current().pack is None


def test_an_old_stick_is_refused_with_advice(office: Office, editions: Editions) -> None:
    old = office.feed.remember(office.folder / "old")
    office.feed.publish_pack(editions.second, "2098.2.1")
    office.admin("sync")
    done = office.admin("import", str(old))
    assert done.code == FAILED
    assert "Write the stick anew" in one_line(done.err)
    assert office.version == "2098.2.1"


def test_rollback_stays_until_it_is_undone(office: Office, editions: Editions) -> None:
    office.admin("sync")
    office.feed.publish_pack(editions.second, "2098.2.1")
    office.admin("sync")
    done = office.admin("rollback", "--json")
    assert (done.code, done.facts["version"]) == (DONE, "2097.1.1")
    assert office.admin("sync", "--json").facts["outcome"] == "held"
    assert office.version == "2097.1.1"
    again = office.admin("rollback")
    assert again.code == FAILED
    assert "no earlier library" in one_line(again.err)
    assert office.admin("rollback", "--undo", "--json").facts["version"] == "2098.2.1"
    assert office.admin("rollback", "--undo").code == FAILED


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "No feed is set"),
        ({"feed_url": "https://feed.example"}, "whose libraries to trust"),
        ({"feed_url": "feed.example"}, "feed_url"),
        ({"feed_url": "https://feed.example", "feed_root": "/nowhere/root.json"}, "/nowhere/root.json"),
    ],
)
def test_without_a_feed_or_a_root_one_line_says_so(office: Office, values: dict[str, str], words: str) -> None:
    office.set_policy(**values)
    done = office.admin("sync")
    assert (done.code, done.out) == (FAILED, "")
    assert words in one_line(done.err)


@pytest.mark.parametrize(
    "words", [("import",), ("sync", "--within", "3"), ("sync", "--scheduled", "--within", "x"), ("nonsense",)]
)
def test_wrong_usage_is_told_in_one_line(office: Office, words: tuple[str, ...]) -> None:
    done = office.admin(*words)
    assert (done.code, done.out) == (USAGE, "")
    one_line(done.err)


def test_a_scheduled_sync_runs_and_after_a_bad_end_waits_its_turn(office: Office) -> None:
    assert office.admin("sync", "--scheduled", "--within", "0").code == DONE
    office.server.fault("status", retry_after="3600")
    assert office.admin("sync", "--scheduled", "--within", "0").code == FAILED
    asked = len(office.server.requests)
    done = office.admin("sync", "--scheduled", "--within", "0", "--json")
    assert (done.code, done.facts["outcome"]) == (DONE, "not-due")
    assert len(office.server.requests) == asked


def test_a_waiting_task_stops_when_it_is_told_to(office: Office) -> None:
    words = office.command("sync", "--scheduled", "--within", "1000", "--json")
    pipe = subprocess.PIPE
    with subprocess.Popen(words, env=office.env, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        until(lambda: b"SigCgt" in status_of(process) and catches_term(process), "the task waits")
        process.terminate()
        out, err = process.communicate(timeout=ENDS_WITHIN_S)
    assert json.loads(out)["outcome"] == "cancelled"
    assert process.returncode == FAILED
    one_line(err)


def status_of(process: subprocess.Popen[str]) -> bytes:
    with open(f"/proc/{process.pid}/status", "rb") as file:  # noqa: PTH123 - nothing to gain from a Path
        return file.read()


def catches_term(process: subprocess.Popen[str]) -> bool:
    caught = next(line for line in status_of(process).splitlines() if line.startswith(b"SigCgt"))
    return bool(int(caught.split()[1], 16) & 1 << 14)


def test_doctor_tells_the_whole_state(office: Office, editions: Editions) -> None:
    office.admin("sync")
    office.feed.publish_pack(editions.second, "2098.2.1")
    office.admin("sync")
    done = office.admin("doctor", "--json")
    found = {finding["subject"]: finding for finding in done.facts}
    assert (done.code, done.err) == (DONE, "")
    assert found["proof"]["well"] is True
    assert found["root"]["well"] is True
    assert office.server.url in found["feed"]["words"]
    assert str(office.store) in found["store"]["words"]
    assert "2098.2.1" in found["versions"]["words"]
    assert "2097.1.1" in found["versions"]["words"]
    assert "last reached" in found["contact"]["words"]


def test_doctor_finds_a_library_that_was_changed(office: Office) -> None:
    office.admin("sync")
    now = Store(office.store).current().pack
    assert now is not None
    file = Store(office.store).pack(now.sha256)
    file.write_bytes(file.read_bytes().replace(b"Edition 2097", b"Edition 2197"))
    done = office.admin("doctor")
    assert done.code == FAILED
    assert "proof: " in done.err


def test_a_library_from_the_feed_is_what_the_window_shows(office: Office, editions: Editions) -> None:
    office.admin("sync")
    places = ("--store", office.store, "--profile", office.folder / "profile", "--policy", office.policy)
    with running(*places, env=office.env):
        until(lambda: "started" in log_of(office.folder / "profile"), "the window")
    now = Store(office.store).current().pack
    assert now is not None
    assert now.sha256 in log_of(office.folder / "profile")


def test_a_store_that_cannot_be_read_leaves_the_library_that_came_along(office: Office, editions: Editions) -> None:
    install(office.store, editions.first).write_bytes(b"rotten")
    done = run("--self-test", "--store", office.store, "--profile", office.folder / "profile", env=office.env)
    assert (done.returncode, done.stderr) == (DONE, "")
    assert "cannot be used" in log_of(office.folder / "profile")


def test_what_came_by_the_feed_opens_whole(office: Office) -> None:
    office.admin("sync")
    now = Store(office.store).current().pack
    assert now is not None
    with open_pack(Store(office.store).pack(now.sha256)) as pack:
        pack.verify()
