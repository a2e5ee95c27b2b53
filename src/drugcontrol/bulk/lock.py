"""One run at a time writes to a result."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drugcontrol.errors import ReadError


@contextmanager
def alone_in(directory: Path) -> Iterator[None]:
    """Keep a directory to this process while the block lasts; the lock goes with the process, however that ends.

    Where the system has no such lock (Windows, some network drives) nothing is kept.

    Raises
    ------
    ReadError
        When another process has it.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            what = f"Another process is at work in {directory}."
            raise ReadError(what, "Wait until it is done, or give the result another name.", code="run_held") from None
        except OSError:
            pass  # the drive has no locks
        yield
    finally:
        os.close(handle)
