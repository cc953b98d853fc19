"""What `ilsy-admin` does to the library of a PC. Each command gives one report, as words and as JSON."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ilsy_desktop.domain import update_texts
from ilsy_desktop.domain.feed_settings import is_web
from ilsy_desktop.host.feed import feed_settings
from ilsy_desktop.host.packs import PackChoice, open_first
from ilsy_desktop.host.paths import builtin_pack, profile_folder, store_folders, written_store
from ilsy_desktop.services import updating
from sync.outcomes import GOOD, Outcome, SyncError
from sync.update import Result

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from sync.cancel import Cancel


class Report(NamedTuple):
    """`line` is for the screen and `facts` for --json; `failure`, where something failed, says what and what to do."""

    line: str
    facts: dict[str, Any]
    failure: str = ""


class Desk:
    """The PC as the command line describes it."""

    def __init__(
        self,
        store: Path | None,
        profile: Path | None,
        policy: Path | None,
        feed: str | None = None,
        root: Path | None = None,
    ) -> None:
        self.profile = profile_folder(profile)
        self.choice = PackChoice(None, store_folders(store, self.profile), builtin_pack())
        self.settings = feed_settings(policy, feed, root)

    def written(self) -> Path | None:
        """The store that new libraries go to."""
        return written_store(self.choice.stores)


def sync(desk: Desk, cancel: Cancel) -> Report:
    """Fetch the newest library from the feed."""
    place = desk.settings.url
    if not place and not desk.settings.problem:
        return _ended(desk, place, Result(Outcome.OFFLINE, update_texts.NO_FEED), "")
    return _update(desk, place, cancel)


def scheduled_sync(desk: Desk, cancel: Cancel, within: timedelta, source: random.Random) -> Report:
    """As `sync`, but at a random moment, and after a bad end not before the feed may be asked again."""
    contact = updating.last_contact(desk.choice)
    pause = timedelta(0) if contact.get("outcome") in GOOD else updating.wait_before_next(contact, source)
    if pause > within:
        minutes = -(-int(pause.total_seconds()) // 60)
        sentence = f"{update_texts.OUTCOMES['not-due'].said} The next try is due in {minutes} minutes."
        return Report(f"not-due: {sentence}", _facts(desk, "not-due", sentence, desk.settings.url))
    cancel.wait(max(pause, within * source.random()).total_seconds())
    return sync(desk, cancel)


def bring_in(desk: Desk, place: Path, cancel: Cancel) -> Report:
    """Take the newest library from a folder or stick, proved like any feed."""
    return _update(desk, str(place.absolute()), cancel)


def pass_on(desk: Desk, folder: Path) -> Report:
    """Write a feed for a stick, from which other PCs can be updated."""
    try:
        offer = updating.pass_on(desk.choice, desk.settings, folder)
    except SyncError as error:
        facts = {"done": False, "outcome": str(error.outcome), "words": str(error), "folder": str(folder)}
        return Report("", facts, str(error))
    pack = offer.pack
    words = f"The library of {pack.dated}, version {pack.version}, is in {folder}, ready for ilsy-admin import."
    facts = {"done": True, "outcome": "exported", "words": words, "folder": str(folder)}
    return Report(words, {**facts, "version": pack.version, "dated": pack.dated})


def roll_back(desk: Desk, undo: bool, cancel: Cancel) -> Report:
    """Go back to the previous library and stay there, or (undo) use the newer one again."""
    try:
        if undo:
            updating.go_forward(desk.written(), cancel)
        else:
            updating.go_back(desk.choice, desk.written(), cancel)
    except SyncError as error:
        facts = {"done": False, "outcome": str(error.outcome), "words": str(error)}
        return Report("", facts, str(error))
    path, pack = open_first(desk.choice.candidates())
    with pack:
        info = pack.info
    stays = "" if undo else " It stays until “ilsy-admin rollback --undo”."
    words = f"{_capital(update_texts.library_of(info.dated, info.version))} is in use.{stays}"
    outcome = "forward" if undo else "back"
    return Report(
        words,
        {
            "done": True,
            "outcome": outcome,
            "words": words,
            "version": info.version,
            "dated": info.dated,
            "path": str(path),
        },
    )


def _update(desk: Desk, place: str, cancel: Cancel) -> Report:
    written = desk.written()
    obstacle = updating.obstacle(written, desk.settings)
    if obstacle is not None:
        return _ended(desk, place, obstacle, "")
    result = updating.update(desk.choice, written, desk.settings, place, cancel)
    return _ended(
        desk, place, result, update_texts.words_for(result.outcome, result.tampered, not is_web(place)).remedy
    )


def _ended(desk: Desk, place: str, result: Result, remedy: str) -> Report:
    """The report of a run; `remedy` is what IT can do about a bad end, where the sentence does not tell it."""
    words = update_texts.words_for(result.outcome, result.tampered, bool(place) and not is_web(place))
    facts = {
        **_facts(desk, result.outcome, words.said, place),
        "sentence": result.sentence,
        "version": result.version,
        "dated": result.dated,
        "bytes": result.fetched,
        "tampered": result.tampered,
        "done": result.outcome in GOOD,
    }
    if result.outcome in GOOD:
        library = _capital(update_texts.library_of(result.dated, result.version))
        fetched = update_texts.bytes_words(result.fetched)
        line = f"{result.outcome}: {words.said} {library}, version {result.version}; {fetched} fetched."
        return Report(line, facts)
    return Report("", facts, f"{result.outcome}: {result.sentence} {remedy}".rstrip())


def _facts(desk: Desk, outcome: str, words: str, place: str) -> dict[str, Any]:
    return {
        "done": True,
        "outcome": str(outcome),
        "words": words,
        "sentence": words,
        "version": "",
        "dated": "",
        "bytes": 0,
        "tampered": False,
        "place": place,
        "store": str(desk.written() or ""),
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
