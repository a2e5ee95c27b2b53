"""The law itself: substances, places, coverage, rules, and what changed when."""

from collections.abc import Sequence
from typing import Annotated, Any, Self, TypeVar

import msgspec
from litestar import Response, get
from litestar.params import QueryParameter

from drugcontrol import __version__
from drugcontrol.check import Identified
from drugcontrol.check.compare import compare
from drugcontrol.check.question import read_family, read_places
from drugcontrol.check.verdict import SubstanceShown
from drugcontrol.dates import parse_day
from drugcontrol.errors import UsageError
from drugcontrol.law.history import history, upcoming
from drugcontrol.law.model import ClassRule, Listing, Substance
from drugcontrol.law.rows import InstrumentRow, Text
from drugcontrol.law.rules import rule_texts
from drugcontrol.report.changes import changes_answer
from drugcontrol.report.comparison import comparison_row
from drugcontrol.report.coverage import coverage_rows
from drugcontrol.report.events import event_row, history_rows, standings
from drugcontrol.report.first import first_answer
from drugcontrol.report.instrument import instrument_answer
from drugcontrol.report.sheet import sheet_row
from drugcontrol.web.api.answers import errors, unknown_id
from drugcontrol.web.api.edition import etag
from drugcontrol.web.inject import FamilyName, From, OfDay, PathId, Places, Short, TheSite, To
from drugcontrol.web.site import Site

Row = dict[str, Any]
T = TypeVar("T")


class EditionShown(msgspec.Struct, kw_only=True):
    """Which law is served, and by which version of the program."""

    edition: str
    program: str
    substances: int
    instruments: int
    rules: int


class PlaceShown(msgspec.Struct, kw_only=True):
    """A place whose law is held."""

    id: str
    name: Text
    notes: tuple[Text, ...]


class InstrumentShown(msgspec.Struct, kw_only=True):
    """An instrument: a law, a schedule of one, or a list."""

    id: str
    jurisdiction: str
    title: Text
    official_id: str
    official_address: str

    @classmethod
    def of(cls, row: InstrumentRow) -> Self:
        """Take what is said of an instrument without its entries."""
        return cls(
            id=row.id,
            jurisdiction=row.jurisdiction,
            title=row.title,
            official_id=row.official_id,
            official_address=row.official_address,
        )


class EventShown(msgspec.Struct, kw_only=True):
    """A change of the law; ``review`` and ``gives_way`` are said of class rules beside one substance."""

    jurisdiction: str
    on: str
    change: str
    basis: str
    substance: str
    kind: str
    instrument: str
    schedule: str
    item: str
    act: str
    known: str
    review: bool | msgspec.UnsetType = msgspec.UNSET
    gives_way: bool | msgspec.UnsetType = msgspec.UNSET


@get("/edition", sync_to_thread=False, summary="Which law is served", responses=errors())
def edition(site: TheSite) -> Response[EditionShown]:
    """Give the edition of the law, by version and digest, and how much it holds."""
    law = site.law
    shown = EditionShown(
        edition=law.edition_name,
        program=__version__,
        substances=len(law.substances),
        instruments=len(law.instruments),
        rules=len(law.edition.rules),
    )
    return _tagged(site, shown)


@get("/substances", sync_to_thread=True, summary="Registered substances", responses=errors())
def substances(site: TheSite, family: FamilyName = "") -> Response[list[SubstanceShown]]:
    """Give every registered substance, or those of one family."""
    return _tagged(site, [SubstanceShown.of(row) for row in site.survey.substances(read_family(family))])


@get("/substances/{substance_id:str}", sync_to_thread=False, summary="One registered substance", responses=errors(404))
def substance(site: TheSite, substance_id: PathId) -> Response[SubstanceShown]:
    """Give a registered substance by its id."""
    return _tagged(site, SubstanceShown.of(_registered(site, substance_id)))


@get(
    "/substances/{substance_id:str}/history",
    sync_to_thread=True,
    summary="Its control over time",
    responses=errors(404),
)
def substance_history(site: TheSite, substance_id: PathId, places: Places = "") -> Response[list[EventShown]]:
    """Give every change of the control of a registered substance, by place, oldest first."""
    law, row = site.law, _registered(site, substance_id)
    recognised = site.recognised(Identified(row.name, "name", substance=row))
    controls: list[Listing | ClassRule] = [*law.listings_of(row.id), *(hit.rule for hit in recognised.classes)]
    events = history(law, controls, read_places(law, places or "all"))
    rows = history_rows(events, standings(law, row, recognised.classes))
    return _tagged(site, msgspec.convert(rows, list[EventShown]))


@get("/jurisdictions", sync_to_thread=False, summary="Places whose law is held", responses=errors())
def jurisdictions(site: TheSite) -> Response[list[PlaceShown]]:
    """Give every place that can be asked about, with what is said of it beside every answer."""
    rows = site.law.jurisdictions.values()
    return _tagged(site, [PlaceShown(id=row.id, name=row.name, notes=row.notes) for row in rows])


@get("/coverage", sync_to_thread=True, summary="What is held of the law", responses=errors())
def coverage(site: TheSite, places: Places = "") -> Response[list[Row]]:
    """Give, for each place, which lists are held, for which families and days, how complete and how well known."""
    return _tagged(site, [coverage_rows(site.law, place) for place in read_places(site.law, places or "all")])


@get("/changes", sync_to_thread=True, summary="What changed between two days", responses=errors())
def changed(
    site: TheSite,
    earlier: From,
    later: To,
    places: Places = "",
    family: FamilyName = "",
) -> Response[Row]:
    """Give what became of the registered substances from the law of one day to that of a later day."""
    days = parse_day(earlier), parse_day(later)
    if days[1] < days[0]:
        raise UsageError(f"{later} is before {earlier}.", "Give the earlier day first.", code="days", field="from")
    asked = read_places(site.law, places or "all")
    return _tagged(site, changes_answer(site.survey, days, asked, read_family(family)))


@get("/compare", sync_to_thread=True, summary="Compare two places", responses=errors())
def compared(site: TheSite, first: Short, second: Short, date: OfDay = "", family: FamilyName = "") -> Response[Row]:
    """Give what one place controls on a day and another does not, over the registered substances."""
    day = site.day(date)
    places = site.law.place(first), site.law.place(second)
    comparison = compare(site.survey, *places, day, read_family(family))
    return _tagged(site, {"edition": site.law.edition_name, **comparison_row(comparison)})


@get(
    "/first/{family:str}",
    sync_to_thread=True,
    summary="Who controlled a family as a class first",
    responses=errors(),
)
def first(site: TheSite, family: PathId, date: OfDay = "") -> Response[Row]:
    """Give the places in the order in which they controlled a family as a class, under each reading, as of a day."""
    found = read_family(family)
    assert found is not None  # noqa: S101 - the path cannot be empty
    return _tagged(site, first_answer(site.law, found, site.day(date)))


@get("/upcoming", sync_to_thread=True, summary="Law to come", responses=errors())
def to_come(
    site: TheSite, date: OfDay = "", within: Annotated[int, QueryParameter(ge=1, le=36_500)] = 365, places: Places = ""
) -> Response[list[EventShown]]:
    """Give law that is enacted and not yet in force, and temporary control about to end, within a number of days."""
    day = site.day(date)
    events = upcoming(site.law, read_places(site.law, places or "all"), day, within)
    return _tagged(site, msgspec.convert([event_row(event) for event in events], list[EventShown]))


@get("/instruments", sync_to_thread=False, summary="Instruments held", responses=errors())
def instruments(site: TheSite) -> Response[list[InstrumentShown]]:
    """Give every instrument that is held, with its place, title and official address."""
    return _tagged(site, [InstrumentShown.of(row) for row in site.law.instruments.values()])


@get(
    "/instruments/{instrument_id:str}",
    sync_to_thread=True,
    summary="One instrument on a day",
    responses=errors(404),
)
def instrument(site: TheSite, instrument_id: PathId, date: OfDay = "") -> Response[Row]:
    """Give an instrument with its entries as they stand on a day, with their days and how well they are known."""
    row = site.law.instruments.get(instrument_id)
    if row is None:
        raise unknown_id("No instrument has that id.", "GET /api/v1/instruments lists them.")
    return _tagged(site, dict(instrument_answer(site.law, row, site.day(date))))


@get("/rules", sync_to_thread=True, summary="Class rules", responses=errors())
def rules(site: TheSite) -> Response[list[Row]]:
    """Give every class rule as it is written, with its texts, acts and days."""
    return _tagged(site, [sheet_row(site.law, rule_texts(site.law, row.id)) for row in site.law.edition.rules])


@get("/rules/{rule_id:str}", sync_to_thread=True, summary="One class rule", responses=errors(404))
def rule(site: TheSite, rule_id: PathId) -> Response[Row]:
    """Give a class rule by its id or that of one of its texts."""
    return _tagged(site, sheet_row(site.law, rule_texts(site.law, rule_id)))


def _registered(site: Site, substance_id: str) -> Substance:
    row = site.law.substances.get(substance_id)
    if row is None:
        hint = "GET /api/v1/substances lists them; /api/v1/check finds one by any of its names."
        raise unknown_id("No registered substance has that id.", hint)
    return row


def _tagged(site: Site, content: T) -> Response[T]:
    return Response(content, headers={"etag": etag(site)})


HANDLERS: Sequence[Any] = (
    edition,
    substances,
    substance,
    substance_history,
    jurisdictions,
    coverage,
    changed,
    compared,
    first,
    to_come,
    instruments,
    instrument,
    rules,
    rule,
)
