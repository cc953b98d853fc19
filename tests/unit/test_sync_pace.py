"""A building full of PCs behind one address, and a ward that sees the network for minutes."""

from __future__ import annotations

import heapq
from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from sync.outcomes import Outcome
from sync.pace import LONGEST_WISH, first_wait, next_wait

PCS = 300
MINUTE = 60


def simulate(serves: int, hours: int, *, asked: float | None = None) -> tuple[Counter[int], dict[int, float]]:
    """All PCs are switched on in one moment before a server that can serve so many in a second, and is busy to the
    others. The result is how many asked in each second, and when each PC was served first."""
    queue = []
    random = Random(5)
    for pc in range(PCS):
        heapq.heappush(queue, (first_wait(random).total_seconds(), pc, 0))
    tries: Counter[int] = Counter()
    served: dict[int, float] = {}
    while queue and queue[0][0] < hours * 3600:
        now, pc, failures = heapq.heappop(queue)
        tries[int(now)] += 1
        good = tries[int(now)] <= serves
        if good:
            served.setdefault(pc, now)
        failures = 0 if good else failures + 1
        outcome = Outcome.UP_TO_DATE if good else Outcome.SERVER_BUSY
        heapq.heappush(queue, (now + next_wait(outcome, failures, asked, random).total_seconds(), pc, failures))
    return tries, served


def test_a_building_that_is_switched_on_does_not_stampede() -> None:
    tries, served = simulate(serves=10, hours=12)
    assert max(tries.values()) <= 8
    assert len(served) == PCS
    assert max(served.values()) < 5 * MINUTE


def test_a_server_that_serves_nearly_nobody_is_not_asked_more_and_more() -> None:
    tries, _ = simulate(serves=0, hours=24)
    by_hour = [sum(count for second, count in tries.items() if second // 3600 == hour) for hour in range(24)]
    assert by_hour[0] < 4 * PCS
    assert max(by_hour[12:]) < PCS / 2
    assert max(count for second, count in tries.items() if second > 3600) < 10


def test_the_second_day_is_not_a_march_in_step_either() -> None:
    tries, _ = simulate(serves=10, hours=48)
    assert max(count for second, count in tries.items() if second > 3600) <= 5


def test_a_ward_that_sees_the_network_for_four_minutes_is_there_in_time() -> None:
    random = Random(2)
    assert all(
        next_wait(Outcome.OFFLINE, failures, None, random) < timedelta(minutes=2.5) for failures in range(1, 1000)
    )


def test_what_a_server_asks_for_is_heeded_up_to_a_cap() -> None:
    waits = [next_wait(Outcome.SERVER_BUSY, 1, 3600, Random(seed)) for seed in range(100)]
    assert min(waits) >= timedelta(hours=1)
    assert len(set(waits)) == 100
    assert max(next_wait(Outcome.SERVER_BUSY, 1, 10**9, Random(seed)) for seed in range(100)) <= LONGEST_WISH * 1.5


@pytest.mark.parametrize("outcome", [Outcome.NOT_TRUSTED, Outcome.NO_ROOM, Outcome.CLOCK_WRONG, Outcome.SERVER_BUSY])
def test_what_does_not_mend_itself_soon_is_tried_ever_less_often(outcome: Outcome) -> None:
    early, late = (next_wait(outcome, failures, None, Random(1)) for failures in (1, 50))
    assert early < timedelta(minutes=20)
    assert timedelta(hours=5) < late < timedelta(hours=20)
