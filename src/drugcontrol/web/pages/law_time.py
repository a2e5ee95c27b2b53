"""The law over time: what changed between two days, two places side by side, who was first, what is to come."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, get_args

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter
from litestar.response import Template

from drugcontrol.check.change import Became, Changed, changes
from drugcontrol.check.compare import Comparison, compare
from drugcontrol.check.question import FAMILIES, read_family, read_places
from drugcontrol.dates import parse_day
from drugcontrol.errors import UsageError
from drugcontrol.law.first import first_controls, without_class_control
from drugcontrol.law.history import upcoming
from drugcontrol.law.rows import Family
from drugcontrol.report.changes import held_text, not_held_whole
from drugcontrol.report.comparison import answer_text, pair_groups, side_lines
from drugcontrol.report.first import control_days, first_answer, first_rows, leaders_text
from drugcontrol.report.timeline import of_first, svg
from drugcontrol.report.words import Words
from drugcontrol.web.inject import PageWords, PathId, Places, Short, TheSite
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site
from drugcontrol.web.timeline import timeline
from drugcontrol.web.twins import File, csv_file, json_file, png_file, svg_file

Day = Annotated[str, QueryParameter(name="from", max_length=20)]
Later = Annotated[str, QueryParameter(name="to", max_length=20)]
Within = Annotated[int, QueryParameter(name="within", ge=1, le=36_500)]

PAIR = ("CN", "US")
"""The places that are compared when none is named."""

FIRST_FILES = ("first.csv", "first.json", "first.svg", "first.png")
"""The twins of the page on class control."""


@get("/law/changes", sync_to_thread=True)
def changed(
    request: Request[Any, Any, Any],
    site: TheSite,
    words: PageWords,
    earlier: Day = "",
    later: Later = "",
    places: Places = "",
    family: Short = "",
) -> Template:
    """Show what became of the registered substances from the law of one day to that of a later day."""
    today = site.today()
    if not earlier or not later:
        raise UsageError("Two days are compared.", "Give the earlier and the later day.", code="days", field="from")
    days = parse_day(earlier), parse_day(later)
    if days[1] < days[0]:
        raise UsageError(f"{later} is before {earlier}.", "Give the earlier day first.", code="days", field="from")
    codes, wanted = read_places(site.law, places or "all"), read_family(family)
    found = _changes(site, days, codes, wanted)
    query = {"from": days[0].isoformat(), "to": days[1].isoformat(), "in": ",".join(codes) if places else ""}
    query |= {"family": wanted or ""}
    path = f"/{words.language}/law/changes"
    return page(
        request,
        "changes.html",
        words,
        days=days,
        family=wanted,
        grouped=[(code, _grouped([row for row in found if row.place == code])) for code in codes],
        in_part=not_held_whole(site.law, days, codes, wanted),
        held_text=held_text,
        today=today,
        share=address(path, query | {"edition": site.law.edition_name}),
        files={"changes.json": address("/api/v1/changes", query)},
    )


@get("/law/compare", sync_to_thread=True)
def compared(
    request: Request[Any, Any, Any],
    site: TheSite,
    words: PageWords,
    first: Short = "",
    second: Short = "",
    on: Short = "",
    family: Short = "",
) -> Template:
    """Show what one place controls on a day and another does not."""
    day = parse_day(on) if on.strip() else site.today()
    codes, wanted = (site.law.place(first or PAIR[0]), site.law.place(second or PAIR[1])), read_family(family)
    comparison = _compared(site, codes, day, wanted)
    query = {"first": codes[0], "second": codes[1], "on": day.isoformat(), "family": wanted or ""}
    api = {"first": codes[0], "second": codes[1], "date": day.isoformat(), "family": wanted or ""}
    sides = [(side, list(side_lines(side, words))) for side in (comparison.first, comparison.second)]
    return page(
        request,
        "compare.html",
        words,
        comparison=comparison,
        sides=sides,
        groups=[(heading, sorted(pairs, key=_by_name)) for heading, pairs in pair_groups(comparison, words)],
        answer_text=answer_text,
        places=site.law.jurisdictions,
        families=FAMILIES,
        share=address(f"/{words.language}/law/compare", query | {"edition": site.law.edition_name}),
        files={"compare.json": address("/api/v1/compare", api)},
    )


@get("/law/first/{family:str}", sync_to_thread=True)
def first(request: Request[Any, Any, Any], site: TheSite, words: PageWords, family: PathId) -> Template:
    """Show which places controlled a family as a class, in order, under each reading, on one axis of time."""
    wanted, today = _family(family), site.today()
    path = f"/{words.language}/law/first/{wanted}"
    without = without_class_control(site.law, wanted, today)
    return page(
        request,
        "first.html",
        words,
        family=wanted,
        families=FAMILIES,
        line=timeline(of_first(site.law, wanted, today, words), today, today),
        today=today.isoformat(),
        controls=list(first_controls(site.law, wanted).items()),
        without=[(state, [code for code, held in without.items() if held == state]) for state in _STATES],
        leaders_text=leaders_text,
        control_days=control_days,
        share=address(path, {"edition": site.law.edition_name}),
        files={name: f"{path}/{name}" for name in FIRST_FILES},
    )


@get("/law/first/{family:str}/{name:str}", sync_to_thread=True)
def first_file(site: TheSite, words: PageWords, family: PathId, name: PathId) -> File:
    """Give a twin of the page on class control."""
    if name not in FIRST_FILES:
        raise NotFoundException
    wanted = _family(family)
    match name:
        case "first.json":
            return json_file(first_answer(site.law, wanted, site.today()))
        case "first.csv":
            return csv_file(first_rows(site.law, wanted), f"first-{wanted}")
        case "first.svg":
            return svg_file(_drawn(site, wanted, words))
        case _:
            return png_file(_drawn(site, wanted, words))


@get("/law/upcoming", sync_to_thread=True)
def to_come(
    request: Request[Any, Any, Any],
    site: TheSite,
    words: PageWords,
    on: Short = "",
    places: Places = "",
    within: Within = 365,
) -> Template:
    """Show law that is enacted and not yet in force, and temporary control about to end."""
    day = parse_day(on) if on.strip() else site.today()
    codes = read_places(site.law, places or "all")
    query = {"on": day.isoformat(), "in": ",".join(codes) if places else "", "within": str(within)}
    api = {"date": query["on"], "in": query["in"], "within": query["within"]}
    return page(
        request,
        "upcoming.html",
        words,
        events=upcoming(site.law, codes, day, within),
        day=day,
        within=within,
        share=address(f"/{words.language}/law/upcoming", query | {"edition": site.law.edition_name}),
        files={"upcoming.json": address("/api/v1/upcoming", api)},
    )


_STATES = ("complete", "partial", "none")


def _family(text: str) -> Family:
    if text not in FAMILIES:
        raise NotFoundException
    found = read_family(text)
    assert found is not None  # noqa: S101 - a family was named
    return found


@lru_cache(maxsize=64)
def _changes(site: Site, days: tuple[date, date], places: tuple[str, ...], family: Family | None) -> list[Changed]:
    return list(changes(site.survey, *days, places, family))


@lru_cache(maxsize=64)
def _compared(site: Site, places: tuple[str, str], day: date, family: Family | None) -> Comparison:
    return compare(site.survey, *places, day, family)


def _grouped(rows: Iterable[Any]) -> list[tuple[str, list[tuple[tuple[str, ...], list[Any]]]]]:
    """Put the changes of a place under what became of the substance, and below it under the acts that did it."""
    grouped = []
    found = list(rows)
    for became in get_args(Became):
        own = [row for row in found if row.became == became]
        acts = dict.fromkeys(row.acts for row in own)
        if own:
            by_act = [(act, sorted((row for row in own if row.acts == act), key=_by_name)) for act in acts]
            grouped.append((became, by_act))
    return grouped


def _by_name(row: Any) -> str:
    return str(row.substance.name.casefold())


def _drawn(site: Site, family: Family, words: Words) -> str:
    today = site.today()
    title = words("reading", "any", family=words("family", family))
    return svg(title, of_first(site.law, family, today, words), today, site.law.edition_name, words)


HANDLERS = (changed, compared, first, first_file, to_come)
