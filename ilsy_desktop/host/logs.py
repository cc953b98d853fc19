"""The program's log: a few rotating files in the profile, never on the screen, never what was searched for."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

LOG = logging.getLogger("ilsy")
LOG_BYTES, LOG_FILES = 512 * 1024, 4


def start_log(profile: Path | None) -> None:
    """Write the log into the profile's `logs` folder, or nowhere when there is no profile to write to."""
    LOG.propagate = False
    LOG.setLevel(logging.INFO)
    handler: logging.Handler = logging.NullHandler()
    if profile:
        folder = profile / "logs"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(
                folder / "ilsy.log",
                maxBytes=LOG_BYTES,
                backupCount=LOG_FILES - 1,
                encoding="utf-8",
                delay=True,
            )
        except OSError:
            handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)
    logging.raiseExceptions = False


def catch_exceptions(show: Callable[[], None]) -> None:
    """Send every exception that nobody caught to the log and call `show`, which tells the person calmly."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            raise SystemExit(130)
        LOG.error("a page failed", exc_info=(kind, error, trace))
        show()

    sys.excepthook = hook
