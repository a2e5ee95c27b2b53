"""What the law changed since another day or edition: of which controls, and of which rows the answer is another one."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from drugcontrol.check import Verdict
from drugcontrol.dates import parse_day
from drugcontrol.errors import UsageError
from drugcontrol.law import Law, Substance, load_law
from drugcontrol.law.rows import ClassRuleRow
from drugcontrol.screen.prefilter import About
from drugcontrol.screen.run import Result

Row = TypeVar("Row", bound=Substance | ClassRuleRow)


@dataclass(frozen=True)
class Since:
    """With what the answers are compared.

    Attributes
    ----------
    day : date
        The law as it stood then.
    law_file : Path or None
        The edition that told it; that of the run when None.
    edition : str
        The name of that edition; another one in the file is refused.
    """

    day: date
    law_file: Path | None = None
    edition: str = ""

    @classmethod
    def of(cls, text: str) -> "Since":
        """Read a day, or the path of an edition, which is asked about the day on which it was made.

        Raises
        ------
        UsageError
            When it is neither.
        ReadError
            When the edition cannot be read.
        """
        try:
            return cls(parse_day(text))
        except UsageError:
            path = Path(text)
            if not path.exists():
                hint = "Give a day, YYYY-MM-DD, or a file of “law export”."
                raise UsageError(f"“{text}” is neither a day nor a file.", hint, field="changed_since") from None
        law = load_law(path)
        try:
            return cls(parse_day(law.version.replace(".", "-")), path.resolve(), law.edition_name)
        except UsageError:
            raise UsageError(f"The edition in {path} does not say when it was made.", "Give a day instead.") from None


def changed_between(then: Law, day_then: date, now: Law, day_now: date, places: Iterable[str]) -> About:
    """Give the substances and class rules, of both editions, of which a row or the force of a control differs.

    A structure that is none of these substances and lies in none of these classes has the same findings in both.

    Raises
    ------
    UsageError
        When the earlier edition does not know a place.
    """
    missing = [place for place in places if place not in then.jurisdictions]
    if missing:
        what = f"The earlier edition holds nothing of {', '.join(missing)}."
        raise UsageError(what, "Name the places with --in.", field="places")
    before, after = (dict(_states(law, day, places)) for law, day in ((then, day_then), (now, day_now)))
    differing = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    substances = {about for kind, about, _ in differing if kind == "substance"}
    rules = {about for kind, about, _ in differing if kind == "rule"}
    return About(
        _of_both(then.substances.values(), now.substances.values(), substances),
        _of_both(then.edition.rules, now.edition.rules, rules),
    )


def _of_both(then: Iterable[Row], now: Iterable[Row], wanted: Collection[str]) -> tuple[Row, ...]:
    """Give rows by their ids: those of today, and those of then that are other ones and may hold other structures."""
    after = [row for row in now if row.id in wanted]
    known = {row.id: row for row in after}
    before = [row for row in then if row.id in wanted and row != known.get(row.id)]
    return (*after, *before)


def _states(law: Law, day: date, places: Iterable[str]) -> Iterator[tuple[tuple[str, str, str], object]]:
    """Give of each substance its row, and of each control what it says, and where and whether it is in force."""
    for substance in law.edition.substances:
        yield ("substance", substance.id, ""), substance
    applying = {row.id: tuple(law.applies(row, place, day) for place in places) for row in law.instruments.values()}
    for listing in law.listings:
        state = listing.row, listing.extent, listing.only_to, listing.in_force(day), applying[listing.instrument.id]
        yield ("substance", listing.substance.id, listing.id), state
    for item in law.rules:
        yield ("rule", item.rule.id, item.id), (item.row, item.rule, item.in_force(day), applying[item.instrument.id])


def only_changed(now: Result, then: Result) -> Result:
    """Keep of an answer the places in which it is another one than it was, each with what it was."""
    before = {verdict.jurisdiction: verdict for verdict in then.verdicts}
    changed = tuple(verdict for verdict in now.verdicts if _holds(verdict) != _holds(before.get(verdict.jurisdiction)))
    kept = {verdict.jurisdiction for verdict in changed}
    decided = {place: decision for place, decision in now.decided.items() if place in kept}
    return replace(
        now,
        verdicts=changed,
        before={place: before[place] for place in kept if place in before},
        decided=decided,
        settled=tuple(place for place in now.settled if place in kept),
    )


def _holds(verdict: Verdict | None) -> frozenset[tuple[str, ...]]:
    """Say what an answer comes to: what holds the substance, or may, and with which question."""
    return frozenset(
        (item.instrument, item.schedule, item.status, item.question)
        for item in (verdict.findings if verdict else ())
        if item.role != "displaced"
    )
