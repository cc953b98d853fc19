"""`ilsy-admin`: for IT, without a window."""

from __future__ import annotations

import argparse
import io
import json
import random
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ilsy_desktop.admin import commands
from ilsy_desktop.admin.commands import Desk, Report
from ilsy_desktop.admin.doctor import Finding, examine
from ilsy_desktop.domain.arguments import OneLineParser
from ilsy_desktop.host.logs import LOG, start_log
from ilsy_desktop.host.paths import writable
from sync.cancel import Cancel

if TYPE_CHECKING:
    from collections.abc import Callable

DONE, FAILED = 0, 1


def run() -> None:
    """Do what the command line asks for and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a sign shows another in its place
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    values = _parser().parse_args()
    if getattr(values, "within", None) is not None and not values.scheduled:
        _parser().error("--within goes with --scheduled")
    try:
        desk = Desk(values.store, values.profile, values.policy, getattr(values, "feed", None), values.root)
        start_log(desk.profile if writable(desk.profile) else None)
        code = _doctor(desk, values) if values.command == "doctor" else _command(desk, values)
    except Exception as error:  # noqa: BLE001 - the last place before a traceback would reach a person
        LOG.exception("ilsy-admin failed")
        sys.stderr.write(f"ilsy-admin: it failed unexpectedly ({type(error).__name__}: {error}); the log says where.\n")
        code = FAILED
    sys.exit(code)


def _command(desk: Desk, values: argparse.Namespace) -> int:
    cancel = Cancel()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: cancel.set())
    within = timedelta(minutes=30 if getattr(values, "within", None) is None else values.within)
    does: dict[str, Callable[[], Report]] = {
        "import": lambda: commands.bring_in(desk, values.path, cancel),
        "export": lambda: commands.pass_on(desk, values.folder),
        "rollback": lambda: commands.roll_back(desk, values.undo, cancel),
        "sync": lambda: (
            commands.scheduled_sync(desk, cancel, within, random.SystemRandom())
            if values.scheduled
            else commands.sync(desk, cancel)
        ),
    }
    report = does[values.command]()
    if values.json:
        print(json.dumps(report.facts, ensure_ascii=False, indent=2))
    elif report.line:
        print(report.line)
    if report.failure:
        sys.stderr.write(f"ilsy-admin: {report.failure}\n")
    return FAILED if report.failure else DONE


def _doctor(desk: Desk, values: argparse.Namespace) -> int:
    findings = examine(desk, values.pack)
    print(as_json(findings) if values.json else as_lines(findings))
    bad = [finding for finding in findings if finding.well is False]
    for finding in bad:
        sys.stderr.write(f"ilsy-admin: {finding.subject}: {finding.words}\n")
    return FAILED if bad else DONE


def as_lines(findings: list[Finding]) -> str:
    """One line a finding: its subject, ok or NOT OK where it is judged, its words."""
    marks = {True: "ok", False: "NOT OK", None: "-"}
    return "\n".join(f"{finding.subject:8} {marks[finding.well]:7} {finding.words}" for finding in findings)


def as_json(findings: list[Finding]) -> str:
    """The findings as a JSON list of objects."""
    return json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=2)


def _parser() -> OneLineParser:
    parser = OneLineParser(prog="ilsy-admin", description="Look after ILSY on a PC, without a window.")
    add = parser.add_subparsers(dest="command", required=True, metavar="COMMAND").add_parser
    _common(one := add("sync", help="fetch the newest library from the feed"))
    one.add_argument("--feed", metavar="URL|FOLDER", help="the feed, in place of the one that the policy names")
    one.add_argument("--scheduled", action="store_true", help="for a task: begin at a random moment, not too often")
    one.add_argument("--within", type=_minutes, metavar="MINUTES", help="the longest random wait [30]")
    _common(one := add("import", help="take the newest library from a stick or folder"))
    one.add_argument("path", type=Path, metavar="PATH", help="the folder that “export” wrote")
    _common(one := add("export", help="write a stick that updates other PCs"))
    one.add_argument("folder", type=Path, metavar="DIR", help="an empty folder")
    _common(one := add("rollback", help="go back to the previous library and stay there"))
    one.add_argument("--undo", action="store_true", help="use the newer library again")
    _common(one := add("doctor", help="look at this installation and say what is well and what is not"))
    one.add_argument("--pack", type=Path, metavar="FILE", help="look at this library")
    return parser


def _common(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--json", action="store_true", help="print one JSON document instead of lines")
    add("--root", type=Path, metavar="FILE", help="the root of trust, in place of the one that the policy names")
    add("--store", type=Path, metavar="DIR", help="the folder of installed libraries")
    add("--profile", type=Path, metavar="DIR", help="the profile folder")
    add("--policy", type=Path, metavar="DIR", help="the folder that stands for /etc/ilsy")


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = -1
    if not 0 <= minutes <= 24 * 60:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of minutes from 0 to 1440")
    return minutes
