"""The commands of the TUF client conformance suite, carried out by the code that updates the library.

`--metadata-dir D init ROOT`, `--metadata-url U refresh`,
`--target-name … --target-dir … --target-base-url … download`; a refused update ends with 1.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sync.cancel import Cancel  # noqa: E402 - the project is found first
from sync.download import download, hashed  # noqa: E402
from sync.http import HttpTransport  # noqa: E402
from sync.outcomes import SyncError  # noqa: E402
from sync.trust import Trust  # noqa: E402


def main() -> int:
    """Do one command; the result is the process's exit code."""
    values = _parser().parse_args()
    if values.command == "init":
        shutil.copyfile(values.root, values.metadata_dir / "root.json")
        return 0
    transport = HttpTransport("", Cancel())
    try:
        trust = Trust(values.metadata_dir, None, transport, values.metadata_url)
        trust.refresh()
        if values.command == "download":
            _download(trust, transport, values)
    except SyncError as error:
        sys.stderr.write(f"{error.outcome}: {error}\n")
        return 1
    finally:
        transport.close()
    return 0


def _download(trust: Trust, transport: HttpTransport, values: argparse.Namespace) -> None:
    target = trust.find(values.target_name)
    if target is None:
        raise SystemExit(f"{values.target_name} is not in the feed")
    name = hashed(target.path, target) if trust.consistent else target.path
    base = values.target_base_url.rstrip("/")
    download(transport, f"{base}/{name}", target, values.target_dir / quote(values.target_name, ""))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    for option in ("--metadata-dir", "--target-dir"):
        parser.add_argument(option, type=Path)
    for option in ("--metadata-url", "--target-name", "--target-base-url"):
        parser.add_argument(option)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("init").add_argument("root", type=Path)
    commands.add_parser("refresh")
    commands.add_parser("download")
    return parser


if __name__ == "__main__":
    sys.exit(main())
