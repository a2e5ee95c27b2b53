"""What the pages do with jobs: take a file in, start it, screen it again, record a decision, throw it away."""

import errno
import shutil
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from drugcontrol.errors import UsageError
from drugcontrol.law import Law
from drugcontrol.law.files import digest, encode
from drugcontrol.report.words import Language
from drugcontrol.screen.decisions import Decisions, read_decisions, write_decisions
from drugcontrol.web.jobs.limits import Limits
from drugcontrol.web.jobs.runner import Runner
from drugcontrol.web.jobs.store import Job, Question, Store, no_room

EXAMPLES = ("statement-2023-04-06.csv", "catalogue.csv")
_SHIPPED = Path(__file__).parents[1] / "examples"
_CHECKOUT = Path(__file__).parents[4] / "examples"
_MOST_DECISIONS = 20_000
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


class Desk:
    """The jobs of a server, and who runs them.

    Parameters
    ----------
    law : Law
        Kept below the directory for the processes that answer with it.
    state : Path
        Directory for what outlives a restart.
    """

    def __init__(self, law: Law, state: Path, limits: Limits) -> None:
        compiled = encode(law.edition)
        self.store = Store(state / "screen", limits)
        self.runner = Runner(self.store)
        self.edition = digest(compiled)
        self._changing = threading.Lock()
        self.store.edition(self.edition, compiled)

    @asynccontextmanager
    async def running(self, app: object) -> AsyncIterator[None]:
        """Run jobs as long as the server does."""
        del app
        self.runner.start()
        try:
            yield
        finally:
            self.runner.stop()

    @contextmanager
    def taking_in(
        self, owner: str, source: str, suffix: str, language: Language, before: Question | None = None
    ) -> Iterator[Job]:
        """Make room for a file, to be written to its path in the store; it is looked into when the block ends well.

        When the block does not, nothing is left of the job.

        Parameters
        ----------
        before : Question or None
            What was asked of the same file before.

        Raises
        ------
        UsageError
            See :meth:`Store.create`; and when the disk is full before the file is whole.
        """
        job = self.store.create(owner, source, suffix, language, datetime.now(tz=UTC))
        try:
            yield job
            size = self.store.input(job).stat().st_size
            self.store.write(msgspec.structs.replace(job, size=size, before=before))
        except BaseException as error:
            self.store.delete(job.id)
            if isinstance(error, OSError) and error.errno in _DISK_FULL:
                raise no_room() from None
            raise
        self.runner.submit(job)

    def example(self, owner: str, name: str, language: Language) -> Job:
        """Take in one of the files that are shipped.

        Raises
        ------
        UsageError
            When there is no such example.
        """
        if name not in EXAMPLES:
            raise UsageError("There is no such example.", "Choose one of the list.", code="job_no_file")
        with self.taking_in(owner, name, ".csv", language) as job:
            self.store.input(job).write_bytes(example(name).read_bytes())
        return job

    def start(self, job: Job, question: Question) -> None:
        """Screen the file of a job, with the decisions of its owner as they are now."""
        decisions = self.store.decisions(job.owner)
        if decisions.exists():
            (self.store.directory(job.id) / "decisions.csv").write_bytes(decisions.read_bytes())
        job = msgspec.structs.replace(job, question=question, edition=self.edition, starts=0)
        self.store.write(job)
        self.runner.submit(job)

    def again(self, job: Job) -> Job:
        """Make a job of the same file and question, for the owner to start."""
        with self.taking_in(job.owner, job.source, job.suffix, job.language, job.question) as new:
            shutil.copyfile(self.store.input(job), self.store.input(new))
        return new

    def delete(self, job: Job) -> None:
        """Throw a job away with all that belongs to it."""
        self.runner.cancel(job.id)
        self.store.delete(job.id)

    def decisions(self, owner: str) -> Decisions:
        """Give what an owner decided."""
        path = self.store.decisions(owner)
        return read_decisions(path) if owner and path.exists() else Decisions()

    def change(self, owner: str, changed: Callable[[Decisions], Decisions]) -> None:
        """Change what an owner decided, one change after another.

        Raises
        ------
        UsageError
            When it is more than is kept, or the server has no room.
        """
        with self._changing:
            decisions = changed(self.decisions(owner))
            if len(decisions) > _MOST_DECISIONS:
                hint = "Take out those that have ended."
                raise UsageError(f"More than {_MOST_DECISIONS} decisions are not kept.", hint, code="decision_many")
            path = self.store.decisions(owner)
            kept = sum(other.stat().st_size for other in path.parent.iterdir())
            if kept > self.store.limits.decision_bytes:
                raise UsageError("The server has no room for decisions.", "Tell the operator.", code="job_space")
            write_decisions(path, decisions)


def example(name: str) -> Path:
    """Give the path of a shipped example, in an installed package or a checkout."""
    shipped = _SHIPPED / name
    return shipped if shipped.exists() else _CHECKOUT / name


def left(job: Job, limits: Limits, now: datetime) -> int:
    """Give the days until a job is deleted."""
    return max(0, limits.keep_days - (now - job.created).days)
