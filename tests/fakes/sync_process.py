"""A run of sync as a process that can be killed: `sync_process.py URL STORE BUILTIN ROOT`. Says so when it begins."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sync.cancel import Cancel
from sync.folder import FolderTransport
from sync.http import HttpTransport
from sync.store import Store
from sync.update import Update
from tests.fakes.pc import check


def main(address: str, store: str, builtin: str, root: str) -> None:
    cancel = Cancel()
    transport = HttpTransport(address, cancel) if "://" in address else FolderTransport(Path(address), cancel)
    run = Update(Store(Path(store)), Path(root).read_bytes(), transport, check, Path(builtin), cancel)
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    result = run.run()
    transport.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"{result.outcome} {peak}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
