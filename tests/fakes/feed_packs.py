"""Small packs in several versions, and a stock TUF client that reads a feed from its folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tuf.api.exceptions import DownloadHTTPError
from tuf.api.metadata import Metadata, TargetFile, Targets
from tuf.ngclient import FetcherInterface, Updater

from content_pack.build.commands import Wish, build
from sync.cancel import Cancel
from sync.patches import apply_patch, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SMALL = Path(__file__).parents[1] / "data" / "content-small"


class Library:
    """The small content of the tests; each `build` goes on from the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = Path(shutil.copytree(_SMALL, folder / "content"))

    def build(
        self, version: str, edit: Callable[[Path], None] | None = None, name: str = "", *, faulty: bool = False
    ) -> Path:
        """Change the content with `edit` and build it as `version`; a `faulty` one all the same."""
        if edit is not None:
            edit(self.content)
        year, month, _ = map(int, version.split("."))
        label = self.content / "pack.yaml"
        words = re.sub("version: .*", f"version: {version}", label.read_text("utf-8"))
        label.write_text(re.sub("dated: .*", f"dated: {year}-{month:02}-24", words), "utf-8")
        pack = self.folder / f"{name or version}.ilsypack"
        build(Wish(self.content, pack, keep_going=faulty))
        return pack


class _FromFolder(FetcherInterface):
    def _fetch(self, url: str) -> Iterator[bytes]:
        path = Path(unquote(urlsplit(url).path))
        if not path.is_file():
            raise DownloadHTTPError(f"{path.name} is not there", 404)
        return iter([path.read_bytes()])


class Client:
    """python-tuf as it comes, with the metadata that it has trusted so far."""

    def __init__(self, feed: Path, place: Path, root: bytes | None = None) -> None:
        self.feed = feed.resolve()
        self.place = place
        self.root = root or (feed / "metadata" / "1.root.json").read_bytes()
        (place / "metadata").mkdir(parents=True)

    def refresh(self) -> dict[str, TargetFile]:
        """What the feed offers now. Raises what python-tuf raises where it does not trust it."""
        self._updater = Updater(
            str(self.place / "metadata"),
            f"file://{self.feed}/metadata/",
            str(self.place),
            f"file://{self.feed}/targets/",
            _FromFolder(),
            bootstrap=self.root,
        )
        self._updater.refresh()
        return dict(Metadata[Targets].from_file(str(self.place / "metadata" / "targets.json")).signed.targets)

    def fetch(self, name: str) -> Path:
        """A target, proved."""
        target = self._updater.get_targetinfo(name)
        assert target is not None
        return Path(self._updater.download_target(target, str(self.place / name)))

    def newest(self) -> Path:
        """The newest pack, proved, as it is."""
        targets = self.refresh()
        return self.fetch(max(kind(targets, "pack"), key=lambda name: facts(targets[name])["sequence"]))

    def unpacked(self, name: str, base: Path | None, length: int) -> bytes:
        """What a packed file or a patch, once proved, unpacks to."""
        out = self.place / "unpacked"
        if base is None:
            unpack(self.fetch(name), out, length, Cancel())
        else:
            apply_patch(self.fetch(name), base, out, length, Cancel())
        return out.read_bytes()


def facts(target: TargetFile) -> dict[str, Any]:
    """What is signed about a target."""
    found: dict[str, Any] = target.custom["ilsy"]
    return found


def kind(targets: dict[str, TargetFile], wanted: str) -> list[str]:
    """The names of the targets of a kind, in order."""
    return sorted(name for name, target in targets.items() if facts(target)["kind"] == wanted)
