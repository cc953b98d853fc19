"""What IT wants to know of an installation, each as one line: what was looked at, whether it is well, and why not."""

from __future__ import annotations

import platform
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

from content_pack import PackError
from ilsy_desktop.domain import update_texts
from ilsy_desktop.domain.feed_settings import is_web
from ilsy_desktop.host.display import display_problem
from ilsy_desktop.host.packs import PackChoice, open_first
from ilsy_desktop.host.paths import writable
from ilsy_desktop.services import updating
from ilsy_desktop.services.updating import Proof
from sync.outcomes import SyncError
from sync.pointer import pointer_fault, read_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ilsy_desktop.admin.commands import Desk
    from sync.pointer import Installed

PROOFS = {
    Proof.SIGNED: (True, "the library in use is the one that the feed signed"),
    Proof.WHOLE: (None, "the library in use is whole; this PC holds no proof of the feed for it"),
    Proof.CHANGED: (False, "the library in use was changed after it was installed; run “ilsy-admin sync”"),
}


class Finding(NamedTuple):
    """One thing that was looked at. `well` is None where it is only told, not judged."""

    subject: str
    well: bool | None
    words: str


def examine(desk: Desk, pack: Path | None) -> list[Finding]:
    """Look at the machine, the profile, the stores, the feed, and every page of the library."""
    choice = PackChoice(pack, desk.choice.stores, desk.choice.builtin)
    problem = display_problem()
    return [
        Finding("system", None, f"Python {platform.python_version()} on {sys.platform}"),
        Finding("screen", None, problem or "a window can be opened"),
        _profile(desk.profile),
        *_stores(desk),
        *_library(desk, choice),
        _feed(desk),
        _root(desk),
        _contact(desk),
    ]


def _profile(home: Path) -> Finding:
    if writable(home):
        return Finding("profile", True, f"{home} can be written")
    return Finding("profile", False, f"{home} cannot be written: choices and the log are not kept")


def _stores(desk: Desk) -> Iterator[Finding]:
    found = [folder for folder in desk.choice.stores if folder.is_dir()]
    yield Finding("stores", None, ", ".join(map(str, found)) or "no store; the library that came along is used")
    written = desk.written()
    if written is None:
        yield Finding("store", None, "this login can write to no store, so it installs nothing")
    else:
        there = next(folder for folder in (written, *written.absolute().parents) if folder.is_dir())
        free = shutil.disk_usage(there).free // 1_000_000
        yield Finding("store", None, f"new libraries go to {written}; {free} MB are free there")
    for store in found:
        fault = pointer_fault(store)
        if fault:
            yield Finding("versions", False, f"{fault} Run “ilsy-admin sync” as the account that writes this store.")
            continue
        now = read_pointer(store)
        words = f"{store}: in use {_label(now.pack)}; " + ("held, newer is " if now.held else "previous is ")
        yield Finding("versions", None, words + (_label(now.previous) if now.pack or now.held else "none"))


def _label(pack: Installed | None) -> str:
    if pack is None:
        return "what came with the program"
    return f"{pack.version} of {pack.dated}" if pack.version else pack.sha256[:12]


def _library(desk: Desk, choice: PackChoice) -> Iterator[Finding]:
    paths = choice.candidates()
    try:
        path, pack = open_first(paths)
    except PackError as error:
        yield Finding("library", False, f"{paths[0]}: {error}")
        return
    with pack:
        try:
            pack.verify()
            words = f"{path}: {pack.info.name} {pack.info.version} of {pack.info.dated}, whole"
            yield Finding("library", True, words)
        except PackError as error:
            yield Finding("library", False, f"{path}: {error}")
    for damaged in paths[: paths.index(path)]:
        yield Finding("library", False, f"{damaged} cannot be used, so {path} is; run “ilsy-admin sync”")
    if path.parent in choice.stores:
        yield Finding("proof", *PROOFS[updating.prove(path, desk.settings)])


def _feed(desk: Desk) -> Finding:
    settings = desk.settings
    if settings.problem:
        return Finding("feed", False, settings.problem)
    if not settings.url:
        return Finding("feed", None, "no feed is set; libraries come with the program or on a stick")
    kind = "address" if is_web(settings.url) else "folder"
    through = f" through {settings.proxy}" if settings.proxy else ""
    return Finding("feed", None, f"{kind} {settings.url}{through}")


def _root(desk: Desk) -> Finding:
    if desk.settings.problem or (desk.settings.root is None and not desk.settings.url):
        return Finding("root", None, "no root of trust is set, so no library is taken")
    try:
        updating.root_of_trust(desk.settings)
    except SyncError as error:
        return Finding("root", False, str(error))
    return Finding("root", True, f"{desk.settings.root}")


def _contact(desk: Desk) -> Finding:
    contact = updating.last_contact(desk.choice)
    if not contact:
        return Finding("contact", None, "no feed was asked yet")
    tampered = contact.get("tampered") is True
    said = update_texts.words_for(str(contact.get("outcome")), tampered).said
    words = f"last reached {contact.get('last_contact') or 'never'}; last tried {contact.get('last_try')}: {said}"
    return Finding("contact", False if tampered else None, f"{words} {contact.get('sentence', '')}".strip())
