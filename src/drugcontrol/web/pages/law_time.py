"""The law over time: two places side by side on a day, who was first, what is to come."""

from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter
from litestar.response import Template

from drugcontrol.check.compare import Comparison, compare
from drugcontrol.check.question import FAMILIES, read_family, read_places
from drugcontrol.law.first import first_controls, without_class_control
from drugcontrol.law.history import upcoming
from drugcontrol.law.rows import Family
from drugcontrol.report.comparison import answer_text, comparison_values, pair_groups, side_lines
from drugcontrol.report.events import event_values
from drugcontrol.report.first import control_days, first_answer, first_rows, leaders_text
from drugcontrol.report.timeline import of_first, svg
from drugcontrol.report.words import Words
from drugcontrol.web.citation import law_citation
from drugcontrol.web.inject import PageWords, PathId, Places, Short, TheSite
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site
from drugcontrol.web.timeline import timeline
from drugcontrol.web.twins import File, csv_file, json_file, png_file, svg_file

Within = Annotated[int, QueryParameter(name="within", ge=1, le=36_500)]

PAIR = ("CN", "US")
"""The places that are compared when none is named."""

FIRST_FILES = ("first.csv", "first.json", "first.svg", "first.png")
"""The twins of the page on class control."""


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
    day = site.day(on)
    codes, wanted = (site.law.place(first or PAIR[0]), site.law.place(second or PAIR[1])), read_family(family)
    comparison = _compared(site, codes, day, wanted)
    query = {"first": codes[0], "second": codes[1], "on": day.isoformat(), "family": wanted or ""}
    api = {"first": codes[0], "second": codes[1], "date": day.isoformat(), "family": wanted or ""}
    path = f"/{words.language}/law/compare"
    sides = [(side, list(side_lines(side, words))) for side in (comparison.first, comparison.second)]
    return page(
        request,
        "compare.html",
        words,
        asked_day=day,
        comparison=comparison,
        sides=sides,
        groups=[(heading, sorted(pairs, key=_by_name)) for heading, pairs in pair_groups(comparison, words)],
        answer_text=answer_text,
        places=site.law.jurisdictions,
        families=FAMILIES,
        share=address(path, query | {"edition": site.law.edition_name}),
        citation=law_citation(site, words, f"{words('law', 'compare')}: {', '.join(codes)}", day),
        files={
            "compare.csv": address(f"{path}/compare.csv", query),
            "compare.json": address("/api/v1/compare", api),
        },
    )


@get("/law/compare/compare.csv", sync_to_thread=True)
def compared_file(site: TheSite, first: Short = "", second: Short = "", on: Short = "", family: Short = "") -> File:
    """Give every registered substance that one place or both control on a day, or may, as a row."""
    codes, wanted = (site.law.place(first or PAIR[0]), site.law.place(second or PAIR[1])), read_family(family)
    day = site.day(on)
    rows = comparison_values(_compared(site, codes, day, wanted))
    return csv_file(rows, f"compare-{codes[0]}-{codes[1]}-{day.isoformat()}")


@get("/law/first/{family:str}", sync_to_thread=True)
def first(request: Request[Any, Any, Any], site: TheSite, words: PageWords, family: PathId, on: Short = "") -> Template:
    """Show which places had controlled a family as a class by a day, in order, under each reading, on one axis."""
    wanted, day = _family(family), site.day(on)
    path, query = f"/{words.language}/law/first/{wanted}", {"on": day.isoformat()}
    share = address(path, query | {"edition": site.law.edition_name})
    title = words("reading", "any", family=words("family", wanted))
    without = without_class_control(site.law, wanted, day)
    return page(
        request,
        "first.html",
        words,
        asked_day=day,
        family=wanted,
        families=FAMILIES,
        line=timeline(of_first(site.law, wanted, day, words), day, day),
        day=day.isoformat(),
        controls=list(first_controls(site.law, wanted, day).items()),
        without=[(state, [code for code, held in without.items() if held == state]) for state in _STATES],
        leaders_text=leaders_text,
        control_days=control_days,
        share=share,
        citation=law_citation(site, words, title, day),
        files={name: address(f"{path}/{name}", query) for name in FIRST_FILES},
    )


@get("/law/first/{family:str}/{name:str}", sync_to_thread=True)
def first_file(site: TheSite, words: PageWords, family: PathId, name: PathId, on: Short = "") -> File:
    """Give a twin of the page on class control."""
    if name not in FIRST_FILES:
        raise NotFoundException
    wanted, day = _family(family), site.day(on)
    match name:
        case "first.json":
            return json_file(first_answer(site.law, wanted, day))
        case "first.csv":
            return csv_file(first_rows(site.law, wanted, day), f"first-{wanted}")
        case "first.svg":
            return svg_file(_drawn(site, wanted, day, words))
        case _:
            return png_file(_drawn(site, wanted, day, words))


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
    day = site.day(on)
    codes = read_places(site.law, places or "all")
    query = {"on": day.isoformat(), "in": ",".join(codes) if places else "", "within": str(within)}
    api = {"date": query["on"], "in": query["in"], "within": query["within"]}
    path = f"/{words.language}/law/upcoming"
    return page(
        request,
        "upcoming.html",
        words,
        asked_day=day,
        events=upcoming(site.law, codes, day, within),
        day=day,
        within=within,
        asked_places=query["in"],
        share=address(path, query | {"edition": site.law.edition_name}),
        citation=law_citation(site, words, words("law", "upcoming"), day),
        files={
            "upcoming.csv": address(f"{path}/upcoming.csv", query),
            "upcoming.json": address("/api/v1/upcoming", api),
        },
    )


@get("/law/upcoming/upcoming.csv", sync_to_thread=True)
def to_come_file(site: TheSite, on: Short = "", places: Places = "", within: Within = 365) -> File:
    """Give law to come, and temporary control about to end, as rows."""
    day = site.day(on)
    events = upcoming(site.law, read_places(site.law, places or "all"), day, within)
    return csv_file([event_values(event) for event in events], f"upcoming-{day.isoformat()}")


_STATES = ("complete", "partial", "none")


def _family(text: str) -> Family:
    if text not in FAMILIES:
        raise NotFoundException
    found = read_family(text)
    assert found is not None  # noqa: S101 - a family was named
    return found


@lru_cache(maxsize=64)
def _compared(site: Site, places: tuple[str, str], day: date, family: Family | None) -> Comparison:
    return compare(site.survey, *places, day, family)


def _by_name(row: Any) -> str:
    return str(row.substance.name.casefold())


def _drawn(site: Site, family: Family, day: date, words: Words) -> str:
    title = words("reading", "any", family=words("family", family))
    return svg(title, of_first(site.law, family, day, words), day, site.law.edition_name, words)


HANDLERS = (compared, compared_file, first, first_file, to_come, to_come_file)
