"""Begin a feed: its keys, version 1 of all metadata, and the root that clients are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from central_feed import signing
from central_feed.errors import FeedError
from central_feed.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from central_feed.keys import KeyFolder
    from central_feed.repository import Feed


def create(
    feed: Feed, keys: KeyFolder, counts: Mapping[str, int], thresholds: Mapping[str, int], at: datetime
) -> list[str]:
    """Make keys and an empty feed. `counts` and `thresholds` say for each role how many keys there are, and sign.

    Returns what to tell the person. Raises FeedError, with nothing made, where either folder is in use.
    """
    for role in ROLES:
        if not 1 <= thresholds[role] <= counts[role]:
            raise FeedError(
                f"{thresholds[role]} of {counts[role]} keys cannot sign for {role}: the threshold is 1 or more, "
                "and not more than there are keys."
            )
    if feed.folder.exists() and any(feed.folder.iterdir()):
        raise FeedError(f"{feed.folder} is not empty. Choose an empty folder for a new feed.")
    if keys.folders[0].resolve().is_relative_to(feed.folder.resolve()):
        raise FeedError("The keys must not be in the folder of the feed: that is given to everybody.")
    keys.prepare()
    empty, change = signing.first_state(keys, counts, thresholds)
    for folder in (feed.metadata, feed.targets):
        folder.mkdir(parents=True, exist_ok=True)
    signing.commit(feed, keys, empty, change, at)
    keys.trust(feed.root_file(1).read_bytes())
    return [
        f"The feed is in {feed.folder}, its keys are in {keys.folders[0]}.",
        f"The root of trust is {feed.root_file(1)}. Give it to IT for: ilsy-admin sync --root",
        "Now give each key to its keeper, and keep root.json with every key. See docs/feed-guide.md.",
    ]
