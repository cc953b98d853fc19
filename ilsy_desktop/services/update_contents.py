"""What the updates page shows, read from the open pack and from the store beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_pack import PackError
from ilsy_desktop.services.contents import Change, UpdatesContent
from sync.pointer import read_object, read_pointer

if TYPE_CHECKING:
    from pathlib import Path

    from content_pack import Pack
    from ilsy_desktop.host.packs import PackChoice
    from sync.pointer import Installed

CHANGES = ("new", "changed", "removed")


def read_updates(pack: Pack, choice: PackChoice, path: Path, store: Path | None) -> UpdatesContent:
    """Read the page. `path` is the open pack's file, and `store` the one that this login may write."""
    installed = path.parent in choice.stores and path != choice.builtin
    changes, words = read_notes(path, pack) if installed else ((), "")
    now = read_pointer(store) if store else None
    back = forward = None
    if now is not None and now.held:
        forward = _label(now.previous)
    elif now is not None and store and now.pack and path.parent == store and path.stem == now.pack.sha256:
        back = _label(now.previous) or ("", "")
    contacts = [read_object(folder / "contact.json") for folder in choice.stores]
    return UpdatesContent(
        version=pack.info.version,
        dated=pack.info.dated,
        came="file" if choice.chosen else "store" if installed else "program",
        held=any(read_pointer(folder).held for folder in choice.stores),
        back=back,
        forward=forward,
        changes=changes,
        changed_words=words,
        contact=max(contacts, key=_last_try),
        writable=store is not None,
    )


def read_notes(path: Path, pack: Pack) -> tuple[tuple[Change, ...], str]:
    """The release notes beside an installed pack, in the order new, changed, removed; nothing where there are none."""
    found = read_object(path.with_name(f"{path.stem}.notes.json"))
    items = found.get("items")
    changes = [change for item in items if (change := _change(item, pack))] if isinstance(items, list) else []
    changes.sort(key=lambda change: CHANGES.index(change.change))
    words = found.get("words")
    return tuple(changes), words if isinstance(words, str) else ""


def _change(item: object, pack: Pack) -> Change | None:
    if not isinstance(item, dict):
        return None
    change, kind, slug, title, words = (item.get(name) for name in ("change", "kind", "slug", "title", "words"))
    if change not in CHANGES or not (isinstance(title, str) and isinstance(words, str)):
        return None
    return Change(change, title, words, _route(pack, kind, slug))


def _route(pack: Pack, kind: object, slug: object) -> str:
    if not (isinstance(kind, str) and isinstance(slug, str)):
        return ""
    try:
        return f"{kind}/{pack.resolve(slug)}"
    except PackError:
        return ""


def _label(pack: Installed | None) -> tuple[str, str] | None:
    return (pack.dated, pack.version) if pack else None


def _last_try(contact: dict[str, Any]) -> str:
    tried = contact.get("last_try")
    return tried if isinstance(tried, str) else ""
