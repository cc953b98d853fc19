"""The shipped reading face, loaded into the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase

# By path and not by importlib.resources, which loads eleven modules before the first page (decision 0004).
FOLDER = Path(__file__).parents[1] / "resources" / "fonts"
FILES = ("SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf", "SourceSans3-Bold.ttf", "SourceSans3-It.ttf")


def load_fonts() -> bool:
    """Load the shipped fonts; False when one is missing or unreadable, and then the system's face is used."""
    loaded = [QFontDatabase.addApplicationFont(str(FOLDER / name)) >= 0 for name in FILES]
    return all(loaded)
