"""The one exception that readers of a pack have to know, and the sentence that it carries most."""

DAMAGED = "This library file is damaged. Ask IT to install it again."


class PackError(Exception):
    """A pack, or something in it, cannot be used; the message is one plain sentence for the reader."""
