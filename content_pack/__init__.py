"""Content packs: what is in one, and how one is read. No Qt and no network in here."""

from content_pack.errors import PackError
from content_pack.reader import Pack, open_pack

__all__ = ["Pack", "PackError", "open_pack"]
