"""What changed between two days: counts by place, the changes page by page, and their twins."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Annotated, Any, get_args

from litestar import Request, get
from litestar.params import QueryParameter
from litestar.response import Template

from drugcontrol.check.change import Became, Changed, changes
from drugcontrol.check.question import FAMILIES, read_family, read_places
from drugcontrol.dates import parse_day
from drugcontrol.errors import UsageError
from drugcontrol.law.coverage import State, lists_held, state_of
from drugcontrol.law.rows import Family
from drugcontrol.report.changes import change_values, held_text
from drugcontrol.report.words import Words
from drugcontrol.web.citation import law_citation
from drugcontrol.web.inject import From, PageWords, Places, Short, TheSite, To
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site
from drugcontrol.web.twins import File, csv_file

Number = Annotated[int, QueryParameter(name="page", ge=1, le=1_000_000)]

ROWS = 200
"""Changes on a page."""

ByAct = list[tuple[tuple[str, ...], list[Changed]]]
"""Changes under the acts that made them."""

_BECAME = get_args(Became)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Two days, the places and the family whose changes are wanted."""

    days: tuple[date, date]
    places: tuple[str, ...]
    family: Family | None
    all_places: bool

    @classmethod
    def read(cls, site: Site, earlier: str, later: str, places: str, family: str) -> "Asked":
        """Read the parts of the address; the year up to the later day, or up to today, where a day is left out.

        Raises
        ------
        UsageError
            When the days stand in the wrong order.
        """
        last = parse_day(later) if later.strip() else site.today()
        days = parse_day(earlier) if earlier.strip() else year_before(last), last
        if days[1] < days[0]:
            raise UsageError(
                f"{days[1]} is before {days[0]}.", "Give the earlier day first.", code="days", field="from"
            )
        codes = read_places(site.law, places or "all")
        return cls(days=days, places=codes, family=read_family(family), all_places=not places)

    def query(self) -> dict[str, str]:
        """Give what an address holds."""
        first, last = (day.isoformat() for day in self.days)
        return {
            "from": first,
            "to": last,
            "in": "" if self.all_places else ",".join(self.places),
            "family": self.family or "",
        }


def year_before(day: date) -> date:
    """Give the same day a year earlier; the 28th where that year may have no such day.

    Examples
    --------
    >>> year_before(date(2024, 2, 29)).isoformat()
    '2023-02-28'
    """
    return day.replace(year=max(day.year - 1, date.min.year), day=min(day.day, 28))


@get("/law/changes", sync_to_thread=True)
def changed(
    request: Request[Any, Any, Any],
    site: TheSite,
    words: PageWords,
    earlier: From = "",
    later: To = "",
    places: Places = "",
    family: Short = "",
    number: Number = 1,
) -> Template:
    """Show what became of the registered substances from the law of one day to that of a later day."""
    asked = Asked.read(site, earlier, later, places, family)
    found = _changes(site, asked)
    pages = max(-(-len(found) // ROWS), 1)
    number = min(number, pages)
    path, query = f"/{words.language}/law/changes", asked.query()
    counts = [
        (
            place,
            address(path, query | {"in": place}),
            _held(site, asked, place),
            Counter(row.became for row in found if row.place == place),
        )
        for place in asked.places
    ]
    return page(
        request,
        "changes.html",
        words,
        asked_day=asked.days[1],
        asked=asked,
        days=asked.days,
        families=FAMILIES,
        counts=counts,
        natures=[became for became in _BECAME if any(count[became] for *_, count in counts)],
        grouped=_grouped(found[(number - 1) * ROWS : number * ROWS]),
        found=len(found),
        number=number,
        pages=pages,
        path=path,
        query=query,
        held_text=held_text,
        share=address(path, query | {"edition": site.law.edition_name}),
        citation=law_citation(site, words, _title(asked, words), asked.days[1]),
        files={
            "changes.csv": address(f"{path}/changes.csv", query),
            "changes.json": address("/api/v1/changes", query),
        },
    )


@get("/law/changes/changes.csv", sync_to_thread=True)
def changed_file(site: TheSite, earlier: From = "", later: To = "", places: Places = "", family: Short = "") -> File:
    """Give every change as a row."""
    asked = Asked.read(site, earlier, later, places, family)
    first, last = (day.isoformat() for day in asked.days)
    return csv_file([change_values(row) for row in _changes(site, asked)], f"changes-{first}-{last}")


def _title(asked: Asked, words: Words) -> str:
    first, last = (day.isoformat() for day in asked.days)
    places = "" if asked.all_places else f" ({', '.join(asked.places)})"
    return words("law", "between", earlier=first, later=last) + places


@lru_cache(maxsize=64)
def _changes(site: Site, asked: Asked) -> list[Changed]:
    """Give the changes by place, by what became of the substance, by act, by name."""
    found = changes(site.survey, *asked.days, asked.places, asked.family)
    return sorted(found, key=lambda row: (asked.places.index(row.place), *_order(row)))


def _held(site: Site, asked: Asked, place: str) -> State:
    """Say how much of the lists of a place is held on both days."""
    families = None if asked.family is None else (asked.family,)
    states = {state_of(lists_held(site.law, place, day, families)) for day in asked.days}
    return states.pop() if len(states) == 1 else "partial"


def _order(row: Changed) -> tuple[int, tuple[str, ...], str]:
    return _BECAME.index(row.became), row.acts, row.substance.name.casefold()


def _grouped(rows: Sequence[Changed]) -> list[tuple[str, list[tuple[Became, ByAct]]]]:
    """Put rows in order under their place, what became of the substance, and the acts that did it."""
    return [
        (place, [(became, _by(alike, lambda row: row.acts)) for became, alike in _by(own, lambda row: row.became)])
        for place, own in _by(rows, lambda row: row.place)
    ]


def _by(rows: Sequence[Changed], key: Any) -> list[tuple[Any, list[Changed]]]:
    return [(value, list(own)) for value, own in groupby(rows, key)]


HANDLERS = (changed, changed_file)
