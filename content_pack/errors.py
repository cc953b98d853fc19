"""The one exception that readers of a pack have to know."""


class PackError(Exception):
    """A pack, or something in it, cannot be used; the message is one plain sentence for the reader."""
