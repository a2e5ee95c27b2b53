"""A run into a result file: in parts, so that one that was stopped leaves what is done, and is gone on with."""

import shutil
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import FrameType

import msgspec
import pyarrow

from drugcontrol.bulk.lock import alone_in
from drugcontrol.bulk.manifest import Asked, Begun, asked_of, differences, now, write_json, write_manifest
from drugcontrol.bulk.operator import Plan, answer_schema
from drugcontrol.bulk.parts import Parts, in_parts
from drugcontrol.bulk.source import Source
from drugcontrol.errors import DrugcontrolError, ReadError
from drugcontrol.screen.summary import Summary
from drugcontrol.screen.writers import table_writer

Runner = Callable[[Iterable[pyarrow.Table]], Generator[pyarrow.Table, None, None]]
"""Something that answers tables, in their order."""


class Stopped(DrugcontrolError):
    """The run was stopped; what is done is kept, and can be gone on with."""

    code = "stopped"


@dataclass(frozen=True)
class Places:
    """Where the files of a run stand: all beside the result."""

    result: Path

    @property
    def parts(self) -> Path:
        """The directory of the parts, while the run is not done."""
        return self.result.with_name(f"{self.result.name}.parts")

    @property
    def begun(self) -> Path:
        """What was asked of the run that is not done."""
        return self.parts / "run.json"

    @property
    def partial(self) -> Path:
        """What was done when the run was stopped, as a result."""
        return self.result.with_name(f"{self.result.stem}.partial{self.result.suffix}")

    @property
    def manifest(self) -> Path:
        """What was asked of the run that is done, and what came out."""
        return self.result.with_name(f"{self.result.name}.run.json")


def begun_at(result: Path) -> Asked | None:
    """Say what was asked of the run that was stopped before its result was whole; None where there is none.

    Raises
    ------
    ReadError
        When what it left cannot be read.
    """
    begun = _read_begun(Places(result).begun)
    return begun.asked if begun else None


def run_to_file(source: Source, plan: Plan, result: Path, runner: Runner, counts: Summary, *, resume: bool) -> None:
    """Answer all rows of a source into a file, part by part, and put the manifest of the run beside it.

    Parameters
    ----------
    counts : Summary
        Gets the counts of each part when it is done.
    resume : bool
        Go on with a run that was stopped; from the beginning where there is none.

    Raises
    ------
    ReadError
        When there is a run that was stopped and `resume` is not asked for, or it asked for something else, or is under
        way in another process; or when nothing can be written.
    Stopped
        When the process is told to end; all parts that are done are kept.
    """
    places = Places(result)
    asked = asked_of(source, plan)
    try:
        places.parts.mkdir(exist_ok=True)
    except OSError as error:
        what = f"The directory {places.parts} cannot be made: {error.strerror}."
        raise ReadError(what, "Check where the result is to stand, and your rights there.") from None
    with alone_in(places.parts):
        began = _begin(places, asked, resume=resume)
        parts = Parts(places.parts, answer_schema(plan))
        with _ended_softly():
            try:
                number = _answer(source, parts, runner, counts)
                _write_result(parts, number, places, places.result)
            except KeyboardInterrupt:
                raise _stopped(parts, places) from None
        write_manifest(places.manifest, asked, began, counts, places.result)
        places.partial.unlink(missing_ok=True)
        shutil.rmtree(places.parts)


def _begin(places: Places, asked: Asked, *, resume: bool) -> str:
    """Note in the directory of the parts what is asked, or see that it holds the same run; give when that began."""
    held = _read_begun(places.begun)
    if held is None:
        if any(places.parts.iterdir()):
            raise ReadError(f"{places.parts} is in the way.", "Give the result another name, or move it.")
        began = now()
        write_json(places.begun, Begun(asked, began))
        return began
    if not resume:
        what = f"A run to {places.result.name} of {held.began} was stopped; what is done stands in {places.parts.name}."
        raise ReadError(what, f"Go on with --resume, or delete {places.parts} to begin anew.", code="run_stopped")
    changed = differences(held.asked, asked)
    if changed:
        what = f"The run that was stopped is another one: {', '.join(changed)} changed."
        raise ReadError(what, f"Ask as before, or delete {places.parts} to begin anew.", code="run_changed")
    return held.began


def _read_begun(path: Path) -> Begun | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Begun)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        raise ReadError(f"{path} is damaged.", f"Delete {path.parent} to begin anew.") from None


def _answer(source: Source, parts: Parts, runner: Runner, counts: Summary) -> int:
    """Answer the parts that are not held yet; give the number of all parts."""
    number = 0
    asked: deque[tuple[int, int]] = deque()

    def not_held() -> Iterator[pyarrow.Table]:
        nonlocal number
        for tables in in_parts(source.tables()):
            held = parts.held(number)
            if held is None:
                asked.append((number, len(tables)))
                yield from tables
            else:
                counts.join(held)
            number += 1

    with closing(runner(not_held())) as answers:  # processes that help are at rest before the block is left
        for first in answers:
            part, tables = asked.popleft()
            counts.join(parts.write(part, chain([first], islice(answers, tables - 1))))
    return number


def _write_result(parts: Parts, number: int, places: Places, path: Path) -> None:
    """Write answers to a file; what a kill leaves of it stands among the parts, and goes away with them."""
    whole = places.parts / path.name
    with table_writer(whole, parts.columns) as writer:
        for table in parts.answers(number):
            for row in table.to_pylist():
                writer.write(row)
    try:
        whole.replace(path)
    except OSError as error:
        raise ReadError(f"{path} cannot be written: {error.strerror}.", "Check the directory and its rights.") from None


def _stopped(parts: Parts, places: Places) -> Stopped:
    """Write what is done as a result of its own, and say so."""
    counts, number = Summary(), 0
    while (held := parts.held(number)) is not None:
        counts.join(held)
        number += 1
    _write_result(parts, number, places, places.partial)
    what = f"Stopped. The answers to the first {counts.rows} rows are in {places.partial}."
    return Stopped(what, "Give the same command with --resume to go on.")


@contextmanager
def _ended_softly() -> Iterator[None]:
    """Take the signal to end like that of a keyboard, so that what is done is written."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
