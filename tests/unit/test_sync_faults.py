"""What a network, a server or a place can do to a run: each ends with its name, and the library stays as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sync.cancel import Cancel
from sync.folder import FolderTransport
from sync.http import HttpTransport
from sync.outcomes import Outcome
from tests.fakes.pc import FIRST, QUICK, SECOND, THIRD, World, a_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sync.update import Progress


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        made.feed.publish(SECOND, "2026.11.2", bases=[FIRST])
        yield made


def refused(world: World, outcome: Outcome) -> str:
    """Run once: it ends so, nothing has changed, nothing is left; the sentence is given back."""
    result = world.sync()
    assert result.outcome is outcome, result.sentence
    assert not result.tampered
    assert world.in_use() == FIRST
    assert world.left_behind() == []
    return result.sentence


def recovers(world: World) -> None:
    world.server.heal()
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == SECOND
    assert world.left_behind() == []


FAULTS: list[tuple[str, dict[str, Any], Outcome]] = [
    ("portal200", {}, Outcome.SIGN_IN_PAGE),
    ("portal302", {}, Outcome.SIGN_IN_PAGE),
    ("status", {"status": 401}, Outcome.SIGN_IN_PAGE),
    ("status", {"status": 407}, Outcome.SIGN_IN_PAGE),
    ("status", {"status": 511}, Outcome.SIGN_IN_PAGE),
    ("status", {"status": 429}, Outcome.SERVER_BUSY),
    ("status", {"status": 500}, Outcome.SERVER_BUSY),
    ("status", {"status": 503}, Outcome.SERVER_BUSY),
    ("status", {"status": 418}, Outcome.OFFLINE),
    ("truncate", {}, Outcome.OFFLINE),
    ("short", {}, Outcome.OFFLINE),
    ("reset", {}, Outcome.OFFLINE),
    ("gzip", {}, Outcome.OFFLINE),
]
PLACES = ("", "timestamp", "snapshot", "targets.json", "/targets/")


@pytest.mark.parametrize("only", PLACES)
@pytest.mark.parametrize(("kind", "options", "outcome"), FAULTS)
def test_a_fault_has_its_name_wherever_it_strikes(
    world: World, kind: str, options: dict[str, Any], outcome: Outcome, only: str
) -> None:
    world.server.ranges = False
    world.server.fault(kind, only=only, **options)
    refused(world, outcome)
    recovers(world)


@pytest.mark.parametrize("only", ["timestamp", "/targets/"])
@pytest.mark.parametrize("kind", ["drip", "drip_headers", "hang"])
def test_who_sends_next_to_nothing_is_left_in_time(world: World, kind: str, only: str) -> None:
    world.server.ranges = False
    world.server.fault(kind, only=only, seconds=0.05)
    refused(world, Outcome.OFFLINE)
    recovers(world)


@pytest.mark.parametrize("only", ["timestamp", "snapshot", "targets.json", "/targets/"])
@pytest.mark.parametrize("kind", ["endless", "wrong_length"])
def test_what_is_longer_than_signed_is_not_read_to_its_end(world: World, kind: str, only: str) -> None:
    world.server.fault(kind, only=only, extra=600_000)
    refused(world, Outcome.NOT_TRUSTED)
    recovers(world)


@pytest.mark.parametrize("percent", range(0, 100, 10))
def test_a_file_that_ends_early_anywhere(world: World, percent: int) -> None:
    world.server.ranges = False
    world.server.fault("truncate", only="/targets/", fraction=percent / 100)
    refused(world, Outcome.OFFLINE)
    recovers(world)


@pytest.mark.parametrize("status", [403, 404])
@pytest.mark.parametrize("only", ["", "timestamp"])
def test_an_address_without_a_feed(world: World, status: int, only: str) -> None:
    world.server.fault("status", only=only, status=status)
    assert "There is no feed at 127.0.0.1" in refused(world, Outcome.OFFLINE)
    recovers(world)


def test_files_that_are_not_there_yet(world: World) -> None:
    world.server.fault("status", only="/targets/", status=404)
    assert "is being changed" in refused(world, Outcome.SERVER_BUSY)
    recovers(world)


def test_a_patch_that_is_not_there_costs_bytes_only(world: World) -> None:
    world.server.fault("status", only=".zstpatch", status=404)
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == SECOND


def test_nobody_answers(world: World, tmp_path: Path) -> None:
    result = world.sync(HttpTransport("http://127.0.0.1:9", Cancel(), limits=QUICK))
    assert result.outcome is Outcome.OFFLINE
    assert result.sentence == "127.0.0.1: Connection refused."


def test_a_proxy_that_is_dead(world: World) -> None:
    dead = HttpTransport(world.server.url, Cancel(), limits=QUICK, proxy_for=lambda _: "http://127.0.0.1:9")
    assert world.sync(dead).outcome is Outcome.OFFLINE


def test_a_proxy_that_works(world: World) -> None:
    through = HttpTransport("http://feed.invalid", Cancel(), limits=QUICK, proxy_for=lambda _: world.server.url)
    assert world.sync(through).outcome is Outcome.UPDATED


def test_the_wait_that_a_busy_server_asks_for_is_kept(world: World) -> None:
    world.server.fault("status", status=503, retry_after="120")
    assert world.sync().retry_after == 120
    assert world.store.contact()["retry_after"] == 120


@pytest.mark.parametrize("days", [-2, 2, 9000])
def test_a_clock_that_is_wrong_is_said_to_be_wrong(world: World, days: int) -> None:
    world.server.date_shift = timedelta(days=days)
    sentence = refused(world, Outcome.CLOCK_WRONG)
    assert ("behind" if days > 0 else "ahead of") in sentence
    world.server.date_shift = timedelta()
    recovers(world)


def test_a_stopped_run_ends_at_once_and_changes_nothing(world: World) -> None:
    world.server.ranges = False

    def stop(step: Progress) -> None:
        if step.step == "fetching":
            world.cancel.set()

    result = world.sync(progress=stop)
    assert result.outcome is Outcome.CANCELLED
    assert world.in_use() == FIRST
    assert world.left_behind() == []


def test_a_broken_download_goes_on_where_it_stopped(world: World) -> None:
    world.feed.publish(THIRD, "2026.11.3")
    world.server.fault("truncate", only=".ilsypack", fraction=0.6, times=1)
    assert world.sync().outcome is Outcome.OFFLINE
    assert world.left_behind() == ["incoming"]
    world.server.heal()
    before = world.server.sent()
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == THIRD
    assert world.server.sent() - before < 0.5 * len(THIRD)
    assert world.left_behind() == []


def test_a_part_that_a_server_goes_on_with_wrongly_is_not_believed(world: World) -> None:
    world.feed.publish(THIRD, "2026.11.3")
    world.server.fault("truncate", only=".ilsypack", fraction=0.6, times=1)
    world.sync()
    world.server.fault("wrong_range", only=".ilsypack")
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == THIRD


def test_a_part_that_was_damaged_here_is_fetched_anew(world: World) -> None:
    world.feed.publish(THIRD, "2026.11.3")
    world.server.fault("truncate", only=".ilsypack", fraction=0.6, times=1)
    world.sync()
    part = next(world.store.incoming.glob("*.part"))
    part.write_bytes(bytes(len(part.read_bytes())))
    world.server.heal()
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == THIRD


def test_a_busy_server_with_a_page_of_its_own_is_busy(world: World) -> None:
    world.server.fault("status", status=503, retry_after="30", content_type="text/html")
    assert world.sync().retry_after == 30


def test_a_silent_server_is_not_blamed_for_what_python_tuf_tried_before(world: World) -> None:
    world.sync()
    world.feed.publish(THIRD, "2026.11.3")
    world.server.fault("reset", only="snapshot")
    sentence = world.sync().sentence
    assert sentence.startswith("127.0.0.1: ")
    assert "version" not in sentence


def test_the_proof_can_be_read_by_other_logins(world: World) -> None:
    world.sync()
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in world.store.metadata.rglob("*.json"))


def test_a_clock_that_is_years_before_the_library_is_wrong_whoever_tells_the_time(world: World) -> None:
    world.feed.publish(THIRD, "2026.11.3", dated="2035-01-01")
    result = world.sync(FolderTransport(world.feed.folder, Cancel()))
    assert result.outcome is Outcome.CLOCK_WRONG
    assert "is of 2035-01-01" in result.sentence
    assert world.in_use() == FIRST
