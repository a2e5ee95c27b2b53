"""Answering rows: which columns say what the substance is, and the verdicts of each row."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

import pyarrow

from drugcontrol.check import Checker, Verdict, identify
from drugcontrol.check.answer import ALL, Still
from drugcontrol.check.findings import Asked, Recognised
from drugcontrol.check.identify import ReadAs, is_a_name
from drugcontrol.check.index import Match
from drugcontrol.check.question import today
from drugcontrol.chem import Relation, read_molfile, read_smiles
from drugcontrol.dates import parse_day
from drugcontrol.errors import DrugcontrolError, ReadError, UnknownName, UsageError
from drugcontrol.law.rows import Kind
from drugcontrol.screen.decisions import Decision, Decisions, open_questions
from drugcontrol.screen.prefilter import CHECK, READ, Prefilter, blocks
from drugcontrol.screen.readers import InputRow
from drugcontrol.screen.subject import subject_of

Outcome = Literal["controlled", "review", "error", "nothing"]

_SMILES_NAMES = ("smiles", "canonical smiles", "isomeric smiles", "structure", "estructura", "结构", "结构式")
_CAS_NAMES = (
    *("cas", "cas number", "cas no", "casrn", "cas rn", "cas nr"),
    *("número cas", "numero cas", "nº cas", "n° cas", "no cas", "cas号", "cas编号", "cas登记号"),
)
_NAME_NAMES = (
    *("name", "substance", "product", "product name", "chemical name"),
    *("nombre", "sustancia", "producto", "nombre del producto", "denominación"),
    *("名称", "物质", "物质名称", "品名", "产品名称", "化学名称", "中文名称"),
)
"""What people call the columns, in the order in which they are looked for."""


@dataclass(frozen=True)
class Columns:
    """Which column holds what; empty where there is none."""

    smiles: str = ""
    name: str = ""
    cas: str = ""
    day: str = ""
    places: str = ""

    @classmethod
    def found_in(cls, header: Sequence[str], asked: "Columns", *, has_structures: bool = False) -> "Columns":
        """Complete the columns that were asked for by the usual names, if none of the first three was asked for.

        Parameters
        ----------
        has_structures : bool
            Each row carries a molfile: then no column needs to say what the substance is.

        Raises
        ------
        ReadError
            When a column that was asked for does not exist, or none that says what the substance is.
        """
        for wanted in (asked.smiles, asked.name, asked.cas, asked.day, asked.places):
            if wanted and wanted not in header:
                raise ReadError(f"There is no column “{wanted}”.", f"The columns are: {', '.join(header)}.")
        if asked.smiles or asked.name or asked.cas:
            return asked
        usual = {_plain(name): name for name in reversed(header)}
        found = [
            next((usual[word] for word in words if word in usual), "")
            for words in (_SMILES_NAMES, _NAME_NAMES, _CAS_NAMES)
        ]
        if not any(found) and not has_structures:
            hint = "Say which holds what with --smiles-column, --name-column or --cas-column."
            raise ReadError(f"No column says what the substance is. The columns are: {', '.join(header)}.", hint)
        smiles, name, cas = found
        return cls(smiles, name, cas, asked.day, asked.places)


def _plain(name: str) -> str:
    """Reduce the name of a column to its words: “CAS_No.” and “cas no” are one."""
    return re.sub(r"[\s_.:\-]+", " ", name.lower()).strip()


@dataclass(frozen=True)
class Settings:
    """What is asked of every row: where, when, which kinds, which destination.

    Attributes
    ----------
    decisions : Decisions
        What people decided on rows that were to be reviewed.
    screened_on : date
        The day of the run, on which a decision counts or has ended; not the day of the law.
    """

    places: tuple[str, ...]
    day: date
    kinds: tuple[Kind, ...] = ()
    to: str = ""
    decisions: Decisions = field(default_factory=Decisions)
    screened_on: date = field(default_factory=today)


@dataclass(frozen=True)
class Result:
    """The answer to one row.

    Attributes
    ----------
    verdicts : tuple of Verdict
        One for each place; empty when nothing of the row could be read.
    error : str
        What could not be read; the rest of the row is answered all the same.
    subject : str
        What the row is about, where a place is to be reviewed; see :func:`drugcontrol.screen.subject.subject_of`.
    decided : dict
        The decision on a place that is to be reviewed, ended ones too.
    settled : tuple of str
        The places whose decision counts on the day of the run.
    before : dict or None
        By place, the earlier answer; None where answers are not compared.
    """

    row: InputRow
    day: date | None
    verdicts: tuple[Verdict, ...] = ()
    error: str = ""
    subject: str = ""
    decided: Mapping[str, Decision] = field(default_factory=dict)
    settled: tuple[str, ...] = ()
    before: Mapping[str, Verdict] | None = None

    @property
    def outcome(self) -> Outcome:
        """The strongest thing that the row says."""
        statuses = {verdict.status for verdict in self.verdicts}
        if "controlled" in statuses:
            return "controlled"
        if "review" in statuses:
            return "review"
        return "error" if self.error else "nothing"

    @property
    def standing(self) -> Outcome:
        """The strongest thing that the row says once what was decided on `review` is taken as decided."""
        choices = {self.decided[place].choice for place in self.settled}
        if self.outcome == "controlled" or "controlled" in choices:
            return "controlled"
        if any(item.status == "review" and item.jurisdiction not in self.settled for item in self.verdicts):
            return "review"
        return "error" if self.error else "nothing"


_NOTHING = Recognised()


def in_english(error: DrugcontrolError) -> str:
    """Say what is wrong with a row; a name that nobody knows is no answer."""
    return f"not recognised: {error}" if isinstance(error, UnknownName) else str(error)


class Screening:
    """A run over rows; answers are computed once for equal texts as long as they are remembered.

    Parameters
    ----------
    prefilter : Prefilter, optional
        The kernel, where several runs use the same.
    like : Screening, optional
        A run with the same law, to recognise substances together with it.

    Attributes
    ----------
    columns, settings
        What is asked of each row.
    """

    def __init__(
        self,
        checker: Checker,
        columns: Columns,
        settings: Settings,
        prefilter: Prefilter | None = None,
        like: "Screening | None" = None,
        say: Callable[[DrugcontrolError], str] = in_english,
    ) -> None:
        self._checker = checker
        self._say = say
        self.columns = columns
        self.settings = settings
        self.prefilter = prefilter or Prefilter(checker)
        self._of_smiles: Callable[[str, Still], Recognised] = lru_cache(maxsize=4096)(self._read_smiles)
        self._of_name: Callable[[str, ReadAs], Recognised] = lru_cache(maxsize=4096)(self._read_name)
        if like is not None:
            self._of_smiles, self._of_name = like._of_smiles, like._of_name
        self._nothing = lru_cache(maxsize=4096)(self._negative)

    def results(self, rows: Iterable[InputRow]) -> Iterator[Result]:
        """Answer rows one by one, in order; a row that cannot be read gives a result with an error."""
        for block in blocks(rows):
            found = self.prefilter.sort(pyarrow.array([self._smiles(row) for row in block], pyarrow.string()))
            for number, (row, sort) in enumerate(zip(block, found.outcome.tolist(), strict=True)):
                yield self.result(row, sort, found.still(number) if sort == CHECK else ALL)

    def untouched(self) -> tuple[Verdict, ...]:
        """Give the answer of a row of which it is known that nothing of the law is about it."""
        return self._nothing(self.settings.places, self.settings.day)

    def _smiles(self, row: InputRow) -> str:
        return row.values.get(self.columns.smiles, "").strip() if self.columns.smiles and not row.error else ""

    def result(self, row: InputRow, sort: int, still: Still) -> Result:
        """Answer one row, of which the kernel said what it may be."""
        if row.error:
            return Result(row, None, error=row.error)
        try:
            day, places = self._when_and_where(row)
        except UsageError as error:
            return Result(row, None, error=self._say(error))
        recognised, errors = self._recognised(row, sort, still)
        if recognised is None:
            return Result(row, day, error="; ".join(errors))
        if recognised == _NOTHING:
            if not errors:
                return Result(row, day, self._nothing(places, day))
            verdicts = self._nothing(places, day)
        else:
            verdicts = tuple(self._verdict(recognised, place, day) for place in places)
        if errors and not any(verdict.findings for verdict in verdicts):
            verdicts = ()
        result = Result(row, day, verdicts, "; ".join(errors))
        return self._with_decisions(result, day) if result.outcome != "nothing" else result

    def _with_decisions(self, result: Result, day: date) -> Result:
        """Put beside each place that is to be reviewed what a person decided on it."""
        review = [verdict for verdict in result.verdicts if verdict.status == "review"]
        if not review:
            return result
        columns, settings = self.columns, self.settings
        subject = subject_of(result.row, columns.smiles, columns.cas, columns.name)
        found = {
            verdict.jurisdiction: settings.decisions.about(subject, verdict.jurisdiction, open_questions(verdict, day))
            for verdict in review
        }
        decided = {place: decision for place, decision in found.items() if decision is not None}
        settled = tuple(place for place, item in decided.items() if item.counts_on(settings.screened_on))
        return replace(result, subject=subject, decided=decided, settled=settled)

    def _when_and_where(self, row: InputRow) -> tuple[date, tuple[str, ...]]:
        columns, settings = self.columns, self.settings
        day, places = settings.day, settings.places
        if columns.day:
            day = parse_day(row.values.get(columns.day, ""))
        if columns.places:
            asked = row.values.get(columns.places, "").replace(";", " ").replace(",", " ").split()
            places = tuple(dict.fromkeys(self._checker.law.place(code) for code in asked))
            if not places:
                raise UsageError(f"The column “{columns.places}” names no place.", "Write codes, for example CN US.")
        return day, places

    def _recognised(self, row: InputRow, sort: int, still: Still) -> tuple[Recognised | None, list[str]]:
        """Find what the row names by structure, CAS number and name; None when nothing of it could be read."""
        columns, errors = self.columns, list[str]()
        by_structure: Recognised | None = None
        try:
            smiles = self._smiles(row)
            if row.molfile:
                by_structure = self._checker.recognise_structure(read_molfile(row.molfile))
            elif smiles:
                by_structure = self._of_smiles(smiles, still) if sort == CHECK else self._untouched(smiles, sort)
        except DrugcontrolError as error:
            errors.append(self._say(error))
        named = list[Recognised]()
        read, unknown = by_structure is not None, ""
        read_as: ReadAs
        for column, read_as in ((columns.cas, "cas"), (columns.name, "name")):
            text = row.values.get(column, "").strip() if column else ""
            if not text:
                continue
            if read and read_as == "name" and not is_a_name(text, self._checker.names):
                continue  # near misses are looked for only where nothing else of the row was read
            try:
                named.append(self._of_name(text, read_as))
            except UnknownName as error:
                unknown = unknown or self._say(error)
                continue
            except DrugcontrolError as error:
                errors.append(self._say(error))
                continue
            read = True
        if not read:
            empty = UsageError("the row has neither structure, nor CAS number, nor name", code="row_without")
            return None, errors or [unknown or self._say(empty)]
        return _joined(by_structure, named), errors

    def _untouched(self, smiles: str, sort: int) -> Recognised:
        """Give what nothing of the law reaches; read first where the kernel does not prove that it can be read."""
        if sort == READ:
            read_smiles(smiles)
        return _NOTHING

    def _read_smiles(self, smiles: str, still: Still) -> Recognised:
        return self._checker.recognise_structure(read_smiles(smiles), still)

    def _read_name(self, text: str, read_as: ReadAs) -> Recognised:
        return self._checker.recognise(identify(text, self._checker.names, read_as))

    def _verdict(self, recognised: Recognised, place: str, day: date) -> Verdict:
        return self._checker.verdict(recognised, Asked(place, day, self.settings.to), self.settings.kinds)

    def _negative(self, places: tuple[str, ...], day: date) -> tuple[Verdict, ...]:
        return tuple(self._verdict(_NOTHING, place, day) for place in places)


def _joined(by_structure: Recognised | None, named: Sequence[Recognised]) -> Recognised:
    """Put together what structure and names say; a name that the structure contradicts is a question, not a hit."""
    by_name = {
        match.substance.id: match
        for recognised in named
        for match in recognised.matches
        if match.relation is not Relation.OTHER
    }
    if by_structure is None:
        classes = {hit.rule.id: hit for recognised in named for hit in recognised.classes}
        return Recognised(tuple(by_name.values()), tuple(classes.values()))
    seen = {match.substance.id for match in by_structure.matches}
    contradicted = [
        Match(match.substance, match.relation, match.forms, question="identifiers_disagree")
        for match in by_name.values()
        if match.substance.id not in seen and match.substance.structure is not None and match.relation is Relation.SAME
    ]
    without_structure = [match for match in by_name.values() if match.substance.structure is None]
    return Recognised((*by_structure.matches, *contradicted, *without_structure), by_structure.classes)
