"""A disk that loses power: a file system for SQLite in memory that keeps only what was synced.

Every write, sync, truncation and deletion is one point. When the power is cut at a point, nothing works any more, and
what was not synced is gone - or, which disks also do, some of it is there and some is not.
"""

import random
from collections.abc import Callable

import apsw


class _Content:
    def __init__(self, durable: bytes = b"") -> None:
        self.now = bytearray(durable)
        self.durable = durable
        self.pending: list[Callable[[bytearray], None]] = []


class PowerLost(Exception):
    """The power is off."""


class Disk(apsw.VFS):
    """The file system; `cut` is the point at which the power goes, 0 for never."""

    def __init__(self, cut: int = 0, files: dict[str, bytes] | None = None) -> None:
        self.name = f"power-{id(self)}"
        self.cut = cut
        self.points = 0
        self.files = {name: _Content(content) for name, content in (files or {}).items()}
        super().__init__(self.name, "")

    def point(self) -> None:
        """Count one point, and fail from the cut on."""
        self.points += 1
        if self.cut and self.points >= self.cut:
            raise PowerLost

    def after(self, luck: random.Random | None = None) -> dict[str, bytes]:
        """Give the files as they are when the power is back; with `luck` some unsynced writes are there."""
        kept = {}
        for name, content in self.files.items():
            data = bytearray(content.durable)
            for write in content.pending:
                if luck and luck.random() < 0.5:
                    write(data)
            kept[name] = bytes(data)
        return kept

    def xOpen(self, name: object, flags: list[int]) -> "_File":  # noqa: N802 - names of SQLite
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        return _File(self, self.files.setdefault(path.rsplit("/", 1)[-1], _Content()))

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: ARG002, N802
        self.point()
        self.files.pop(name.rsplit("/", 1)[-1], None)

    def xAccess(self, name: str, flags: int) -> bool:  # noqa: ARG002, N802
        return name.rsplit("/", 1)[-1] in self.files

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name


class _File:
    def __init__(self, disk: Disk, content: _Content) -> None:
        self.disk, self.content = disk, content

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return bytes(self.content.now[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.point()
        data = bytes(data)

        def write(target: bytearray) -> None:
            target.extend(bytes(max(0, offset - len(target))))
            target[offset : offset + len(data)] = data

        self._change(write)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.disk.point()
        self._change(lambda target: target.__delitem__(slice(size, None)))

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802
        self.disk.point()
        self.content.durable, self.content.pending = bytes(self.content.now), []

    def _change(self, write: Callable[[bytearray], None]) -> None:
        write(self.content.now)
        self.content.pending.append(write)

    def xFileSize(self) -> int:  # noqa: N802
        return len(self.content.now)

    def xClose(self) -> None:  # noqa: N802
        pass

    def xLock(self, level: int) -> None:  # noqa: N802
        pass

    def xUnlock(self, level: int) -> None:  # noqa: N802
        pass

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: ARG002, N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return 4096

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0
