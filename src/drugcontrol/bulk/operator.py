"""The operator of a long run: a table of rows in, a table of answers out, and nothing of any engine in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow
import pyarrow.compute as compute
import pyarrow.types as types

from drugcontrol.bulk.changed import Since, changed_between, only_changed
from drugcontrol.check import Checker
from drugcontrol.check.answer import ALL
from drugcontrol.errors import ReadError
from drugcontrol.law import Law, load_law
from drugcontrol.report.words import Language, Words
from drugcontrol.screen.columns import ANSWER_COLUMNS, BEFORE_COLUMNS, cells, header
from drugcontrol.screen.kernel.atoms import Bytes
from drugcontrol.screen.prefilter import CHECK, NOTHING, About, Prefilter
from drugcontrol.screen.readers import InputRow
from drugcontrol.screen.run import Columns, Result, Screening, Settings
from drugcontrol.screen.summary import Summary

LINE, MOLFILE, ERROR = "drugcontrol:line", "drugcontrol:molfile", "drugcontrol:error"
"""Columns of a table beside those of the input: where a row begins, its molfile, why it could not be read."""

_COUNTS = b"drugcontrol:counts"

_BYTES = (types.is_binary, types.is_large_binary, types.is_binary_view, types.is_string_view)
"""Types that are text for the reader, and that Arrow does not give as such."""

Marks = npt.NDArray[np.bool_]
"""Which rows of a table, shape (rows,)."""


@dataclass(frozen=True)
class Plan:
    """What is asked of every table of a run; it can be sent to other processes and machines.

    Attributes
    ----------
    header : tuple of str
        Columns of the input that the answers repeat; one that a table lacks is left empty.
    asked : Columns
        Which columns say what; those not named are found in each table by the usual names.
    wanted : frozenset of str
        Statuses, and ``error``, of which rows are written.
    law_file : Path or None
        Edition to answer with, as it is found where the table is answered; the one that is shipped when None.
    edition : str
        Name of that edition; another one is refused. Empty: whichever is there.
    since : Since or None
        Give only the answers that the law changed since then, each with what it was.
    """

    header: tuple[str, ...]
    settings: Settings
    wanted: frozenset[str]
    asked: Columns = field(default_factory=Columns)
    language: Language = "en"
    law_file: Path | None = None
    edition: str = ""
    since: Since | None = None


def screen_table(table: pyarrow.Table, plan: Plan) -> pyarrow.Table:
    """Answer the rows of a table.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of text; other types are repeated in the answers as Python writes them. ``drugcontrol:line`` (int64),
        ``drugcontrol:molfile`` and ``drugcontrol:error`` (text) may stand beside them; without the first, rows are
        numbered from 1.

    Returns
    -------
    pyarrow.Table
        A row for each wanted answer, in the order of the input: the columns of :func:`answer_schema`. Its metadata
        hold the counts of all rows, see :func:`counts_of`.

    Raises
    ------
    ReadError
        When no column says what the substance is or it holds no text, two columns have one name, or another edition of
        the law is at hand than that of the plan.
    """
    return operator_of(plan).answers(table)


def answer_schema(plan: Plan) -> pyarrow.Schema:
    """Give the columns of an answer: those of the input, then those of the answer, all of them text."""
    names = [*header(plan.header).values(), *ANSWER_COLUMNS, *(BEFORE_COLUMNS if plan.since else ())]
    return pyarrow.schema([(name, pyarrow.string()) for name in names])


def counts_of(metadata: Mapping[bytes, bytes]) -> Summary:
    """Give the counts that stand in the metadata of a table or file of answers.

    Raises
    ------
    KeyError
        When there are none.
    """
    return Summary.of(msgspec.json.decode(metadata[_COUNTS]))


def counts_as_metadata(counts: Summary) -> dict[bytes, bytes]:
    """Give counts as metadata of a table or file of answers."""
    return {_COUNTS: msgspec.json.encode(counts.told())}


_remembered: list[tuple[Plan, "Operator"]] = []
"""The last plan and its operator: making one costs seconds, and a process answers table after table of one run."""

_making = Lock()


def operator_of(plan: Plan) -> "Operator":
    """Make the operator of a plan, or give the one that was made for an equal one."""
    with _making:
        if not _remembered or _remembered[0][0] != plan:
            _remembered[:] = [(plan, Operator(plan))]
        return _remembered[0][1]


class Operator:
    """A plan with the law loaded and the kernel prepared once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.law = _law(plan.law_file, plan.edition)
        self._checker = Checker.of(self.law)
        self._earlier = self._earlier_of(plan.since)
        self._prefilter = Prefilter(self._checker, self._changed())
        self._runs: dict[Columns, tuple[Screening, Screening]] = {}
        self._reason = Words.of(plan.language).reason
        self._names = header(plan.header)
        self._schema = answer_schema(plan)

    def answers(self, table: pyarrow.Table) -> pyarrow.Table:
        """Answer the rows of a table, as :func:`screen_table`."""
        counts = Summary()
        rows = [
            row
            for result in self.results(table, counts)
            for row in cells(result, self._names, self.law.edition_name, self._plan.wanted, self._reason)
        ]
        found = pyarrow.Table.from_pylist(rows, schema=self._schema)
        return found.replace_schema_metadata(counts_as_metadata(counts))

    def results(self, table: pyarrow.Table, counts: Summary) -> Iterator[Result]:
        """Answer the rows of a table of which something may be written, and count all of them."""
        table = _readable(table)
        run, earlier = self._run_on(table.column_names)
        smiles = _text(table, run.columns.smiles)
        found = run.prefilter.sort(smiles)
        counts.checked += int(np.count_nonzero(found.outcome == CHECK))
        looked_at = np.flatnonzero(self._to_look_at(table, run.columns, found.outcome))
        counts.add_untouched(table.num_rows - len(looked_at), () if self._plan.since else run.untouched())
        sorts = found.outcome[looked_at].tolist()
        for number, row, sort in zip(looked_at.tolist(), _rows(table, looked_at), sorts, strict=True):
            result = run.result(row, sort, found.still(number) if sort == CHECK else ALL)
            if self._plan.since:
                result = only_changed(result, earlier.result(row, sort, ALL))
            counts.add(result)
            yield result

    def _earlier_of(self, since: Since | None) -> Checker:
        return Checker.of(_law(since.law_file, since.edition)) if since and since.law_file else self._checker

    def _changed(self) -> About | None:
        """Say of which part of the law an answer may be another one; None where all answers are wanted."""
        since, settings = self._plan.since, self._plan.settings
        if since is None:
            return None
        return changed_between(self._earlier.law, since.day, self.law, settings.day, settings.places)

    def _run_on(self, names: Sequence[str]) -> tuple[Screening, Screening]:
        """Give the run for the columns of a table, and that with which it is compared."""
        own = [name for name in names if name not in (LINE, MOLFILE, ERROR)]
        columns = Columns.found_in(own, self._plan.asked, has_structures=MOLFILE in names)
        if columns not in self._runs:
            settings, since = self._plan.settings, self._plan.since
            then = replace(settings, day=since.day) if since else settings
            run = Screening(self._checker, columns, settings, self._prefilter)
            like = run if self._earlier is self._checker else None
            self._runs[columns] = run, Screening(self._earlier, columns, then, self._prefilter, like)
        return self._runs[columns]

    def _to_look_at(self, table: pyarrow.Table, columns: Columns, outcome: Bytes) -> Marks:
        """Mark the rows that are more than a structure that nothing of the law reaches."""
        all_wanted = not self._plan.since and not self._plan.wanted.isdisjoint({"not_listed", "not_held"})
        if columns.day or columns.places or all_wanted:
            return np.ones(table.num_rows, np.bool_)
        marked: Marks = outcome != NOTHING
        for name in (columns.name, columns.cas, MOLFILE, ERROR):
            if name and name in table.column_names:
                marked |= compute.not_equal(_text(table, name), "").to_numpy(zero_copy_only=False)
        return marked


def _law(path: Path | None, edition: str) -> Law:
    """Load an edition of which the name is known."""
    law = load_law(path)
    if edition and law.edition_name != edition:
        what = f"The run answers with edition {edition}, but {law.edition_name} is here."
        raise ReadError(what, "Have the same version and files everywhere.", code="other_edition")
    return law


def _readable(table: pyarrow.Table) -> pyarrow.Table:
    """See that each name stands for one column, and give bytes as the text that they are."""
    names = table.column_names
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled is not None:
        raise ReadError(f"The column “{doubled}” stands twice.", "Give one another name.", code="doubled_column")
    for number, field_ in enumerate(table.schema):
        if any(is_bytes(field_.type) for is_bytes in _BYTES):
            table = table.set_column(number, field_.name, _cast(table, field_.name))
    return table


def _cast(table: pyarrow.Table, name: str) -> pyarrow.ChunkedArray:
    try:
        return table[name].cast(pyarrow.string())
    except pyarrow.ArrowException:
        raise ReadError(f"The column “{name}” holds no UTF-8 text.", "Write it as text.") from None


def _text(table: pyarrow.Table, name: str) -> pyarrow.StringArray:
    """Give a column as trimmed text; empty where there is none."""
    if not name:
        return pyarrow.repeat("", table.num_rows)
    column = _cast(table, name).combine_chunks()
    return compute.utf8_trim_whitespace(compute.fill_null(column, ""))


def _rows(table: pyarrow.Table, wanted: npt.NDArray[np.int64]) -> Iterator[InputRow]:
    for number, row in zip(wanted.tolist(), table.take(wanted).to_pylist(), strict=True):
        line, molfile, error = row.pop(LINE, number + 1), row.pop(MOLFILE, None), row.pop(ERROR, None)
        values = {name: "" if text is None else str(text) for name, text in row.items()}
        yield InputRow(line, values, molfile or "", error or "")
