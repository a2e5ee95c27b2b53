"""The process of a job: ``python -m drugcontrol.web.jobs.process``. It gets its task on standard input, as one line.

It ends with the server: when standard input closes it ends at once, with all processes of its own, and the next server
takes the job up again. Its limits of memory and of file size hold for every process that it starts.
"""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import IO

import msgspec

from drugcontrol.check.question import today
from drugcontrol.errors import DrugcontrolError
from drugcontrol.web.jobs.limits import Limits
from drugcontrol.web.jobs.store import Outcome, Store

BUSY = 75
"""Exit code: another process still has the job."""


class Task(msgspec.Struct, frozen=True):
    """Which job, where, within which limits."""

    root: str
    job: str
    limits: Limits


def main() -> int:
    """Do the next step of a job; the outcome, or why there is none, is in its directory."""
    asked = FileIO(0, closefd=False)
    line = asked.readline()
    if not line:
        return 0
    task = msgspec.json.decode(line, type=Task)
    threading.Thread(target=_end_with_the_server, args=[asked], daemon=True).start()
    store = Store(Path(task.root), task.limits)
    directory = store.directory(task.job)
    _limit(task.limits)
    with (directory / "lock").open("w") as lock, _held(lock) as is_ours:
        if not is_ours:
            return BUSY
        failure = _failure(store, task.job)
        if failure is not None and directory.exists():
            store.put(task.job, "outcome", failure)
    return 0


def _failure(store: Store, job_id: str) -> Outcome | None:
    """Do the work; give why it could not be done."""
    try:
        _work(store, job_id)
    except DrugcontrolError as error:
        code = error.code if error.code != "unreadable_file" else "job_unreadable"
        job = store.find(job_id)
        message = error.message.replace(str(store.input(job)), job.source) if job else error.message
        message = message.replace(f"{store.directory(job_id)}/", "")
        return Outcome(code=code, message=message, hint=error.hint)
    except MemoryError:
        return Outcome(code="job_memory")
    except OSError as error:
        _note(error)
        return Outcome(code="job_space")
    except Exception as error:
        _note(error)
        return Outcome(code="job_broke")
    return None


def _work(store: Store, job_id: str) -> None:
    job = store.find(job_id)
    if job is None:
        return
    if job.question is None:
        from drugcontrol.web.jobs.inspect import preview

        store.put(job_id, "preview", preview(store.input(job), store.limits))
        return
    from drugcontrol.web.jobs.run import run

    counts = run(
        job,
        store.directory(job_id),
        store.law(job.edition),
        store.limits,
        today(),
        lambda progress: store.put(job_id, "progress", progress),
    )
    store.put(job_id, "outcome", Outcome(counts=counts))


def _note(error: Exception) -> None:
    """Say where an error happened; its text stays out of the log, for a structure may stand in it."""
    print(type(error).__name__, "".join(traceback.format_tb(error.__traceback__)), file=sys.stderr)


def _end_with_the_server(asked: FileIO) -> None:
    while asked.read(1):
        pass
    if hasattr(os, "killpg"):
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os._exit(1)


def _limit(limits: Limits) -> None:
    """Set the limits of the system, where it has them; the pages go before the job."""
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits.result_bytes, limits.result_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(10)


@contextmanager
def _held(lock: IO[str]) -> Iterator[bool]:
    """Keep the job to one process: the lock goes with the process, however that ends."""
    try:
        import fcntl
    except ImportError:
        yield True
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
        return
    yield True


if __name__ == "__main__":
    sys.exit(main())
