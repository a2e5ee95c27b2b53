"""Jobs as directories: what was asked, how far it is, what came out. Each file is there whole or not at all.

``jobs/ID`` holds ``job.json``, ``input.*``, ``preview.json``, ``decisions.csv``, ``progress.json``, ``outcome.json``
and the results. The state of a job is read from which of them are there, so that it is the same after a restart.
"""

import logging
import re
import secrets
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from drugcontrol.errors import UsageError
from drugcontrol.report.words import Language
from drugcontrol.web.jobs.limits import Limits

LOG = logging.getLogger("drugcontrol.web")
State = Literal["reading", "ready", "queued", "running", "done", "failed"]

_ID = re.compile(r"[\w-]{32}", re.ASCII)
T = TypeVar("T")


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of every row, and which column holds what."""

    day: str
    places: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    to: str = ""
    smiles: str = ""
    name: str = ""
    cas: str = ""
    day_column: str = ""
    places_column: str = ""
    everything: bool = False


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One file that someone gave.

    Attributes
    ----------
    owner : str
        Digest of the secret in the browser of who gave it; see :mod:`drugcontrol.web.owner`.
    source : str
        What the owner calls the file; never part of a path.
    suffix : str
        Ending of the file, one of those that are read.
    edition : str
        Digest of the law that answers; kept beside the jobs, so that a restart with another one changes nothing.
    before : Question or None
        What was asked of the same file before; offered again.
    starts : int
        How often it was started; one that always breaks off is given up.
    """

    id: str
    owner: str
    source: str
    suffix: str
    size: int
    created: datetime
    language: Language
    edition: str = ""
    question: Question | None = None
    before: Question | None = None
    starts: int = 0


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The first rows of a file; ``found`` names the columns that usual names point to, by role.

    ``delimiter`` stands between the cells of a CSV file; a comma for every other kind of file.
    """

    columns: list[str]
    rows: list[list[str]]
    has_structures: bool
    found: dict[str, str]
    delimiter: str = ","


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is: rows answered, share of the file read, seconds, and what was found so far."""

    rows: int = 0
    share: float = 0.0
    seconds: float = 0.0
    controlled: int = 0
    review: int = 0
    errors: int = 0


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a finished run; see :class:`drugcontrol.screen.summary.Summary`."""

    rows: int
    errors: int
    outcomes: dict[str, int]
    standing: dict[str, int]
    decided: int
    ended: int
    by_place: dict[str, dict[str, int]]
    result_rows: int
    report_rows: int
    seconds: float
    edition: str
    columns: list[str]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a job ended: counts, or the code and the English sentence of what went wrong."""

    counts: Counts | None = None
    code: str = ""
    message: str = ""
    hint: str = ""


class Store:
    """The jobs of a server."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self.root = root
        self.limits = limits
        self._making = threading.Lock()
        for directory in (root.parent, root, root / "jobs", root / "owners", root / "law"):
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    def create(self, owner: str, source: str, suffix: str, language: Language, now: datetime) -> Job:
        """Make room for a file, which is then written to :meth:`input`; ``job.json`` follows with :meth:`write`.

        Raises
        ------
        UsageError
            When the owner, or the server, keeps as many jobs as it may, or the disk is full. Files that are still being
            sent count as large as they may become.
        """
        job = Job(
            id=secrets.token_urlsafe(24),
            owner=owner,
            source=source,
            suffix=suffix,
            size=0,
            created=now,
            language=language,
        )
        with self._making:
            self._check_room(owner)
            self.directory(job.id).mkdir(mode=0o700)
        return job

    def _check_room(self, owner: str) -> None:
        jobs = list(self.all())
        count = sum(1 for _ in (self.root / "jobs").iterdir())
        if count >= self.limits.jobs or sum(job.owner == owner for job in jobs) >= self.limits.jobs_of_one:
            raise UsageError("No further file is kept.", "Delete one that is done.", code="job_too_many")
        coming = (count - len(jobs) + 1) * self.limits.upload_bytes
        is_full = sum(job.size for job in jobs) + coming > self.limits.kept_bytes
        if is_full or shutil.disk_usage(self.root).free < self.limits.upload_bytes + coming:
            raise no_room()

    def directory(self, job_id: str) -> Path:
        """Give the directory of a job."""
        if not _ID.fullmatch(job_id):
            raise ValueError("no id of a job")
        return self.root / "jobs" / job_id

    def input(self, job: Job) -> Path:
        """Give the path of the file that was uploaded."""
        return self.directory(job.id) / f"input{job.suffix}"

    def find(self, job_id: str) -> Job | None:
        """Give a job by its id, if there is one."""
        return self.read(job_id, "job", Job) if _ID.fullmatch(job_id) else None

    def all(self) -> Iterator[Job]:
        """Give every job."""
        for path in (self.root / "jobs").iterdir():
            job = self.find(path.name)
            if job is not None:
                yield job

    def of(self, owner: str) -> list[Job]:
        """Give the jobs of one owner, newest first."""
        return sorted((job for job in self.all() if job.owner == owner), key=lambda job: job.created, reverse=True)

    def write(self, job: Job) -> None:
        """Keep what is known of a job."""
        self.put(job.id, "job", job)

    def state(self, job: Job) -> State:
        """Say how far a job is."""
        directory = self.directory(job.id)
        outcome = self.read(job.id, "outcome", Outcome)
        if outcome is not None:
            return "failed" if outcome.counts is None else "done"
        if job.question is None:
            return "ready" if (directory / "preview.json").exists() else "reading"
        return "running" if (directory / "progress.json").exists() else "queued"

    def read(self, job_id: str, name: str, kind: type[T]) -> T | None:
        """Read one of the files of a job; None while it is not there, or where it is of another version or damaged."""
        try:
            content = (self.directory(job_id) / f"{name}.json").read_bytes()
            return msgspec.json.decode(content, type=kind)
        except FileNotFoundError:
            return None
        except msgspec.DecodeError:
            LOG.error("jobs: a file %s.json cannot be read", name)
            return None

    def put(self, job_id: str, name: str, content: Any) -> None:
        """Write one of the files of a job, whole or not at all."""
        put(self.directory(job_id) / f"{name}.json", msgspec.json.encode(content))

    def delete(self, job_id: str) -> None:
        """Take a job away with all its files; out of sight at once."""
        gone = self.root / f"gone-{secrets.token_hex(8)}"
        try:
            self.directory(job_id).replace(gone)
        except FileNotFoundError:
            return
        shutil.rmtree(gone, ignore_errors=True)

    def sweep(self, now: datetime) -> list[str]:
        """Delete what is older than it is kept, and what was never finished; give the ids of the jobs."""
        for gone in self.root.glob("gone-*"):
            shutil.rmtree(gone, ignore_errors=True)
        jobs = {job.id: job for job in self.all()}
        oldest = now - timedelta(days=self.limits.keep_days)
        ended = [job.id for job in jobs.values() if job.created < oldest]
        for path in (self.root / "jobs").iterdir():
            touched = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
            if path.name not in jobs and touched < now - timedelta(days=1) and _ID.fullmatch(path.name):
                ended.append(path.name)
        for job_id in ended:
            self.delete(job_id)
        return ended

    def edition(self, digest: str, compiled: bytes) -> None:
        """Keep an edition of the law for the jobs that it answers."""
        path = self.law(digest)
        if not path.exists():
            put(path, compiled)

    def law(self, digest: str) -> Path:
        """Give the path of an edition that is kept."""
        return self.root / "law" / f"{digest}.json"

    def decisions(self, owner: str) -> Path:
        """Give the path of the decisions of an owner."""
        return self.root / "owners" / f"{owner}.csv"


def no_room() -> UsageError:
    """Make the error of a full disk, or of as much as may be kept."""
    return UsageError("The server has no room for files.", "Tell the operator.", code="job_space")


def put(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads; under its name it is always whole."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(path)


def merged(counter: Counter[Any]) -> dict[str, int]:
    """Give counts as plain numbers."""
    return {str(key): count for key, count in counter.items() if count}
