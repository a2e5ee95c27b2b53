"""A long file over several processes: the same results in the same order, and nothing lost."""

import os
import signal
from collections.abc import Iterator
from datetime import date

import pytest

from drugcontrol.check import Checker
from drugcontrol.errors import DrugcontrolError
from drugcontrol.law import Law
from drugcontrol.screen import spread as spreading
from drugcontrol.screen.readers import InputRow
from drugcontrol.screen.run import Columns, Result, Screening, Settings
from drugcontrol.screen.spread import spread

PLACES = ("CN", "US", "CA", "GB")
ASKED = Settings(PLACES, date(2026, 9, 1), screened_on=date(2026, 9, 1))


def rows(law: Law) -> list[InputRow]:
    """Registered structures and names, everyday ones, errors, and days of their own, in no order."""
    drawn = [row.structure.smiles for row in law.substances.values() if row.structure][::40]
    texts = [*drawn, "CCO", "CC(=O", "", "OC(=O)c1ccccc1", "c1ccccc1"] * 4
    names = ["", "fentanyl", "", "no such name"]
    days = ["2026-09-01", "2016-01-01", "", "1.2.2020x"]
    return [
        InputRow(line, {"smiles": text, "name": names[line % 4], "day": days[line % 7 % 4]})
        for line, text in enumerate(texts, start=1)
    ]


def answered(checker: Checker, given: list[InputRow] | Iterator[InputRow], jobs: int) -> list[Result]:
    run = Screening(checker, Columns(smiles="smiles", name="name", day="day"), ASKED)
    return list(spread(run, given, None, jobs))


def comparable(result: Result) -> tuple[object, ...]:
    return result.row, result.day, result.verdicts, result.error, result.outcome, result.subject


def test_two_processes_answer_as_one(checker: Checker, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "ALONE", 20)
    given = rows(law)
    one, two = (answered(checker, given, jobs) for jobs in (1, 2))
    assert [result.row for result in two] == given
    for alone, spread_out in zip(one, two, strict=True):
        assert comparable(alone) == comparable(spread_out)


def test_a_short_file_starts_no_process(checker: Checker, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "ProcessPoolExecutor", None)
    assert len(answered(checker, rows(law), 2)) == len(rows(law))


def test_a_process_that_is_killed_ends_the_run_in_words(
    checker: Checker, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "ALONE", 4)
    run = Screening(checker, Columns(smiles="smiles", name="name"), ASKED)
    made: list[spreading.ProcessPoolExecutor] = []
    pool = spreading.ProcessPoolExecutor

    def noted(*given: object, **more: object) -> spreading.ProcessPoolExecutor:
        made.append(pool(*given, **more))  # type: ignore[arg-type]
        return made[0]

    monkeypatch.setattr(spreading, "ProcessPoolExecutor", noted)
    monkeypatch.setattr(spreading, "blocks", lambda left: ([row] for row in left))
    results = spread(run, iter(rows(law) * 20), None, 2)
    for _ in range(10):
        next(results)
    for process in list(made[0]._processes.values()):
        os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(DrugcontrolError, match="ended from outside"):
        list(results)
