"""The shipped reading face, loaded into the program."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtGui import QFontDatabase

FILES = ("SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf", "SourceSans3-Bold.ttf", "SourceSans3-It.ttf")


def load_fonts() -> bool:
    """Load the shipped fonts; False when one is missing or unreadable, and then the system's face is used."""
    folder = files("ilsy_desktop").joinpath("resources/fonts")
    loaded = [QFontDatabase.addApplicationFont(str(folder.joinpath(name))) >= 0 for name in FILES]
    return all(loaded)
