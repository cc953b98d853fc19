"""Is there a screen on which Qt can open a window? Asked before Qt starts: it aborts where there is none."""

import os
import sys
from pathlib import Path

# What Qt's xcb platform plugin links to, with the Debian and Ubuntu package of each.
X11_LIBRARIES = {
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def display_problem() -> str | None:
    """None when Qt can be expected to open a window, else why not, as a clause without a full stop.

    A platform chosen through QT_QPA_PLATFORM that needs no display (offscreen, vnc, minimal) is trusted;
    only Linux can be without a display.
    """
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or (chosen and "xcb" not in chosen and "wayland" not in chosen):
        return None
    if chosen != "xcb" and _wayland_answers():
        return None
    display = os.environ.get("DISPLAY")
    if not display:
        return "there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY leads to one"
    missing = _missing_libraries()
    if missing:
        packages = " ".join(X11_LIBRARIES[name] for name in missing)
        return (
            f"system libraries that open windows are missing ({', '.join(missing)}); "
            f"on Debian or Ubuntu, install them with “sudo apt-get install {packages}”"
        )
    if not _x11_answers():
        return f"there is no display to open a window on: DISPLAY is {display}, and nothing answers there"
    return None


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    import socket  # noqa: PLC0415 - start-up: only a Wayland session needs it

    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name))
        except OSError:
            return False
    return True


def _missing_libraries() -> list[str]:
    import ctypes  # noqa: PLC0415 - start-up: Windows and Wayland sessions do without

    missing = []
    for name in X11_LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def _x11_answers() -> bool:
    import ctypes  # noqa: PLC0415 - start-up: Windows and Wayland sessions do without

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return bool(xcb.xcb_connection_has_error(connection) == 0)
    finally:
        xcb.xcb_disconnect(connection)
