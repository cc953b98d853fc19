"""`ilsy-admin`: for IT, without a window."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ilsy_desktop.admin.doctor import Finding, examine
from ilsy_desktop.domain.arguments import OneLineParser

DONE, FAILED = 0, 1


def run() -> None:
    """Do what the command line asks for and end the process with its exit code."""
    parser = OneLineParser(prog="ilsy-admin", description="Look after ILSY on a PC, without a window.")
    commands = parser.add_subparsers(dest="command", required=True)
    doctor = commands.add_parser("doctor", help="look at this installation and say what is well and what is not")
    doctor.add_argument("--json", action="store_true", help="print one JSON document instead of lines")
    doctor.add_argument("--pack", type=Path, metavar="FILE", help="look at this library")
    doctor.add_argument("--store", type=Path, metavar="DIR", help="look for installed libraries here")
    doctor.add_argument("--profile", type=Path, metavar="DIR", help="look at this profile folder")
    values = parser.parse_args()
    findings = examine(values.pack, values.store, values.profile)
    print(as_json(findings) if values.json else as_lines(findings))
    bad = [finding for finding in findings if finding.well is False]
    for finding in bad:
        sys.stderr.write(f"ilsy-admin: {finding.subject}: {finding.words}\n")
    sys.exit(FAILED if bad else DONE)


def as_lines(findings: list[Finding]) -> str:
    """One line a finding: its subject, ok or NOT OK where it is judged, its words."""
    marks = {True: "ok", False: "NOT OK", None: "-"}
    return "\n".join(f"{finding.subject:8} {marks[finding.well]:7} {finding.words}" for finding in findings)


def as_json(findings: list[Finding]) -> str:
    """The findings as a JSON list of objects."""
    return json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=2)
