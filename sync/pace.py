"""When to try again, so that a building full of PCs neither hurries nor marches in step.

A PC that was switched on asks after a random while, then about once a day. What failed is tried again after
a growing while with jitter; what is wrong with the network near the PC costs the feed nothing and is tried
soon, because some wards see the network for minutes only.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sync.outcomes import GOOD, Outcome

if TYPE_CHECKING:
    from random import Random

AFTER_START = timedelta(minutes=4)
BETWEEN_CHECKS = timedelta(hours=20)
NEARBY = frozenset({Outcome.OFFLINE, Outcome.SIGN_IN_PAGE, Outcome.CANCELLED})
SOON = timedelta(seconds=90)
LATE = timedelta(minutes=10)
LATEST = timedelta(hours=12)
LONGEST_WISH = timedelta(hours=6)  # of a server's Retry-After


def first_wait(random: Random) -> timedelta:
    """How long to wait after the start of the program."""
    return AFTER_START * random.random()


def next_wait(outcome: Outcome, failures: int, asked: float | None, random: Random) -> timedelta:
    """How long to wait after a try that ended with `outcome`, the `failures`-th bad end in a row.

    `asked` is the number of seconds that the server wished for.
    """
    if outcome in GOOD:
        return BETWEEN_CHECKS * (1 + 0.4 * random.random())
    if outcome in NEARBY:
        return _around(SOON, random)
    wait = _around(min(LATE * (1 << min(failures - 1, 10)), LATEST), random)
    wish = min(timedelta(seconds=asked or 0), LONGEST_WISH)
    return max(wait, wish * (1 + 0.5 * random.random()))


def _around(wait: timedelta, random: Random) -> timedelta:
    return wait * (0.5 + random.random())
