"""The one exception of this package."""


class FeedError(Exception):
    """Something cannot be done with a feed or its keys; the message is one plain sentence that says what to do."""
