"""Words of the frame and of moments when something is missing or wrong, all in one place.

Plain words, short sentences, what to do next. Page content comes from the pack, never from here.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

NAME = "ILSY"
LONG_NAME = "Improvement Learning"
FULL_NAME = "ILSY Improvement Learning South Yorkshire"
SEARCH_HINT = "Say what bothers you: late start, falls, no reply …"
HARM_QUESTION = "Could someone be harmed today?"
HARM_ANSWER = "Tell the person in charge now."
WORKING_ROADMAP = "Working roadmap, to be replaced by the South Yorkshire one."
GO_BACK = "Go back whenever you need to."
OUR_READING = "This label is ILSY’s reading of the paper:"
TRIALS = (
    "Careful trials find “no difference” more often than small projects do, so a tick with "
    "“a little sure” may not repeat."
)
DRAFT = "Draft for ILSY review"


class Message(NamedTuple):
    """A calm page: a title, sentences, and where to go from here (route, words)."""

    title: str
    sentences: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = (("home", "Go to the first page"),)


def freshness(dated: str) -> str:
    """ "Library of 12 November 2026", from an ISO date."""
    return f"Library of {long_date(dated)}"


def long_date(iso: str) -> str:
    """23 November 2026, from 2026-11-23; other texts come back as they are."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = "January February March April May June July August September October November December".split()

PAGE_FAILED = Message(
    "This page could not be shown",
    (
        "Something went wrong in the program while it drew this page. Nothing is lost.",
        "The rest of the library works. If it happens again, tell IT: the details are in the program’s log.",
    ),
)
PROFILE_NOT_KEPT = (
    "Your choices of text size and colour cannot be kept on this PC, because the folder {path} cannot be "
    "written. Everything else works. Ask IT if you need them kept."
)
ALREADY_OPEN = "ILSY is already open on this PC. It now shows the page you asked for."
NO_LIBRARY = "There is no library to show"

PLANNED: dict[str, Message] = {
    "start": Message(
        "Something bothers me at work",
        (
            "This page is being written. It will ask you four questions and turn your answers into one sheet: "
            "the problem in your words, a first aim, a tally for two weeks, and one small test with “stop if”.",
            "Until then, choose from a list what comes nearest, or say it in the box above in your own words.",
        ),
        (
            ("problems", "Choose what bothers you from a list"),
            ("stage/test", "Find and test changes"),
            ("tools", "All tools"),
        ),
    ),
    "new": Message(
        "I’m new to improvement",
        (
            "This page is being written. It will lead you through six short pages: what improvement is, "
            "and what you can do on your next shift.",
            "Until then, read how to test one change, and look up any word you do not know.",
        ),
        (
            ("stage/test", "Find and test changes"),
            ("tool/pdsa", "Test one change small"),
            ("glossary", "Words we use"),
        ),
    ),
    "sessions": Message(
        "I run a session",
        (
            "This shelf is being filled. It will hold courses and single sessions for a room without Wi-Fi: "
            "running order, notes to speak from, slides, handouts and exercises.",
            "Until then, the sheets can be printed for a room.",
        ),
        (("sheets", "Sheets to print"), ("tools", "All tools")),
    ),
    "problems": Message(
        "Browse by what bothers you",
        (
            "This page is being written. You will choose a kind of problem, such as waiting, handover or missed "
            "appointments, and see a likely first step, three tools and honest examples.",
            "Until then, say it in the search box in your own words.",
        ),
        (("tools", "All tools"), ("examples", "Practice examples")),
    ),
    "evidence": Message(
        "Evidence table",
        (
            "This table is being built. It will show all examples in one table that you can sort, print and save, "
            "and how many come from each South Yorkshire organisation.",
            "Until then, the examples stand in a list with their outcome and how sure we are.",
        ),
        (("examples", "Practice examples"), ("guide/guide-how-we-label", "How we label examples")),
    ),
    "organisations": Message(
        "Organisations",
        ("This list is being built. It will say who does improvement in South Yorkshire, and where.",),
        (("examples", "Practice examples"),),
    ),
    "community": Message(
        "People working on similar things",
        (
            "This page is being built. It will name topics that teams in South Yorkshire work on, and a team "
            "mailbox or network to ask. It will never name a person.",
            "Until then, ask your local improvement team.",
        ),
    ),
    "signposts": Message(
        "More for the experienced",
        (
            "This list is being built. It will point to good resources elsewhere, say what each is good for, "
            "and whether it needs a login.",
        ),
        (("tools", "All tools"),),
    ),
    "my-sheets": Message(
        "My sheets",
        (
            "This page is being built. It will keep the sheets you choose while you are here, print them as one "
            "booklet, and forget them when you leave.",
            "Until then, every sheet can be printed or saved from its own page.",
        ),
        (("sheets", "Sheets to print"),),
    ),
    "chart": Message(
        "Chart your numbers",
        (
            "This page is being built. You will paste 8 to 60 numbers and see a run chart, with one honest "
            "sentence about whether anything changed.",
            "Until then, plot your numbers by hand in the order they came. Nothing on a test day has to be tidy.",
        ),
        (("stage/test", "Find and test changes"),),
    ),
    "counts": Message(
        "What this PC counts",
        (
            "This version counts nothing and sends nothing.",
            "A later one will count pages opened and sheets printed, if IT allows it, and this page will show "
            "every number and the exact message before it is sent.",
        ),
        (("about", "About this library"),),
    ),
    "helping": Message(
        "Is it helping?",
        ("This page is being built. It will show whether the library is used and useful, with small numbers hidden.",),
    ),
    "share": Message(
        "Share your work",
        (
            "This form is being built. It will help you write up what you tried, the outcome first, and failure "
            "as something normal to report.",
            "Until then, look at how the examples are told, and tell your local improvement team.",
        ),
        (("examples", "Practice examples"), ("guide/guide-how-we-label", "How we label examples")),
    ),
    "fill": Message(
        "Fill it in here",
        ("Filling in on the screen is being built. Until then, print the sheet and write on it.",),
        (("sheets", "Sheets to print"),),
    ),
    "run": Message(
        "Run a session",
        ("Run sheets are being built. They will keep the time and show your notes while you lead a session.",),
        (("sessions", "I run a session"),),
    ),
}


def not_written(title: str, kind: str) -> Message:
    """A page that is promised under this title and not written yet."""
    return Message(
        title,
        (
            f"This {kind} is planned and not written yet.",
            "The library grows with each update. Until then, search for what you need in the box above.",
        ),
        (("tools", "All tools"), ("home", "Go to the first page")),
    )


def not_written_stage(title: str, purpose: str) -> Message:
    """A part of the roadmap whose page is not written yet."""
    return Message(
        title,
        (
            purpose,
            "The tools for this part are being written. The stage “Find and test changes” is complete: "
            "have a look at how it will be.",
        ),
        (("stage/test", "Find and test changes"), ("home", "Back to the roadmap")),
    )


def unreadable(sentence: str) -> Message:
    """A page or file of the library that cannot be read, with the reader's sentence."""
    return Message(
        "This page cannot be shown",
        (sentence, "The rest of the library still works."),
    )


def no_library(sentence: str) -> Message:
    """No library could be opened, with the reader's sentence."""
    return Message(
        NO_LIBRARY,
        (
            sentence,
            "If someone could be harmed today, tell the person in charge now. You do not need this program for that.",
        ),
        (),
    )
