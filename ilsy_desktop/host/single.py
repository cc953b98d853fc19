"""One window a person: a lock file decides who is first, a local socket carries a ROUTE to the first."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer

ANSWER_MS = 1500
LISTENING_MS, AGAIN_MS = 5000, 50


class FirstInstance(QObject):
    """Holds the lock of a profile. `asked` carries the ROUTE that a second start wants to see."""

    asked = Signal(str)

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "ilsy-" + blake2b(str(profile.resolve()).encode(), digest_size=8).hexdigest()
        self._lock = QLockFile(str(profile / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def is_first(self) -> bool:
        """Take the lock; False when another window holds it."""
        return self._lock.tryLock(0)

    def hand_over(self, route: str) -> bool:
        """Ask the first window to show `route`; False when it does not answer in time.

        The first listens only after its first paint, so one that has just been started is given time for it.
        """
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - start-up: only a second start needs it

        socket = QLocalSocket()
        patience = QDeadlineTimer(LISTENING_MS)
        socket.connectToServer(self._name)
        while not socket.waitForConnected(ANSWER_MS):
            if patience.hasExpired():
                return False
            QThread.msleep(AGAIN_MS)
            socket.connectToServer(self._name)
        socket.write(route.encode() + b"\n")
        heard = socket.waitForReadyRead(ANSWER_MS)
        socket.disconnectFromServer()
        return heard

    def listen(self) -> None:
        """Begin to take ROUTEs from later starts; called after the first paint."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - start-up: not before the first paint

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)
        self._server.listen(self._name)

    def close(self) -> None:
        """Stop listening, which takes the socket's file away, and give the lock back."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _take(self) -> None:
        server = self._server
        socket = server.nextPendingConnection() if server else None
        if socket is None:
            return
        if socket.waitForReadyRead(ANSWER_MS):
            route = bytes(socket.readLine(4096).data()).decode("utf-8", "replace").strip()
            socket.write(b"ok\n")
            socket.waitForBytesWritten(ANSWER_MS)
            self.asked.emit(route)
        socket.disconnectFromServer()
        socket.deleteLater()
