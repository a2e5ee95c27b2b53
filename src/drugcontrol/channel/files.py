"""Files of the channel: read with a limit, written whole or not at all, and on disk when the call returns."""

import os
from pathlib import Path

from drugcontrol.errors import ReadError


def read(path: Path, limit: int) -> bytes:
    """Read a file of at most `limit` bytes.

    Raises
    ------
    ReadError
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    if len(content) > limit:
        raise ReadError(f"{path} is longer than the {limit:,} bytes allowed for its kind.")
    return content


def write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file so that a power cut leaves the old one or the new one, and wait for the disk.

    Raises
    ------
    ReadError
        When the directory does not take it.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_directory(path.parent)
    except OSError as error:
        raise ReadError(f"{path} cannot be written: {error.strerror}.", "Check the directory and the disk.") from None


def sync_directory(directory: Path) -> None:
    """Wait until the names in a directory are on disk, where the system can."""
    if os.name == "posix":
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
