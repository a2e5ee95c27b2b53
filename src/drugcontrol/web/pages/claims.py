"""Claims: what was said, each reading checked as known then and as known now, with the rows that were used."""

from datetime import date
from typing import Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.response import Template

from drugcontrol.report.claim_page import HELPERS, charts, series_asked
from drugcontrol.report.claim_values import checked_row, claim_review
from drugcontrol.report.figure_values import row_values, view_row
from drugcontrol.report.words import Words
from drugcontrol.situation.claims import Checked
from drugcontrol.situation.known import View, as_of
from drugcontrol.web import situation
from drugcontrol.web.inject import PageWords, PathId, Short, TheSite
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site
from drugcontrol.web.twins import File, csv_file, json_file, png_file, svg_file

FILES = ("claim.json", "claim.jsonld")
"""The twins of the page of a claim: for programs, and ClaimReview for fact-check tools."""

CHARTS = ("then", "now")
"""The charts of a claim: its series as known on the day it was said, and on the day asked about."""

TWINS = ("svg", "png", "csv", "json")
"""What each chart is given as."""


@get("/claims", sync_to_thread=True)
def claims(request: Request[Any, Any, Any], site: TheSite, words: PageWords) -> Template:
    """List the claims, by statement, with what came out for each reading."""
    held = site.situation.claims
    first_of = {claim.statement.id: claim for claim in reversed(held)}
    by_statement = [(first, [row for row in held if row.statement.id == key]) for key, first in first_of.items()]
    today = site.today()
    checked = {row.id: situation.checked(site.situation, row.id, today) for row in held if row.row.readings}
    return page(request, "claims.html", words, by_statement=by_statement, checked=checked, today=today, **HELPERS)


@get("/claims/{claim_id:str}", sync_to_thread=True)
def claim(
    request: Request[Any, Any, Any], site: TheSite, words: PageWords, claim_id: PathId, on: Short = ""
) -> Template:
    """Show one claim with its readings, then and now."""
    item = _checked(site, claim_id, on)
    query = {"on": item.as_of.isoformat(), "edition": site.law.edition_name}
    path = f"/{words.language}/claims/{item.claim.id}"
    share = address(path, query)

    def picture(key: str, views: tuple[View, ...]) -> str:
        return address(f"{path}/{key}.svg", {"on": query["on"]}) if any(view.decided for view in views) else ""

    drawn = list(charts(item, site.situation.figures, words, picture))
    twins = [*FILES, *(f"{chart.key}.{ending}" for chart in drawn for ending in TWINS)]
    return page(
        request,
        "claim.html",
        words,
        asked_day=item.as_of,
        item=item,
        claim=item.claim,
        charts=drawn,
        law=site.law,
        series_table="report/series_table.html",
        asked_series=[site.situation.figures.series(name) for name in series_asked(item)],
        files={name: address(f"{path}/{name}", {"on": query["on"]}) for name in twins},
        share=share,
        citation=words("situation", "claim_cited", claim=item.claim.id, **query),
        **HELPERS,
    )


@get("/claims/{claim_id:str}/{name:str}", sync_to_thread=True)
def file(site: TheSite, words: PageWords, claim_id: PathId, name: PathId, on: Short = "") -> File:
    """Give a twin of the page, or one of its charts."""
    item = _checked(site, claim_id, on)
    match name.split("."):
        case ["claim", "json"]:
            return json_file(checked_row(item, site.law, words))
        case ["claim", "jsonld"]:
            return json_file(claim_review([item], site.law, words), "application/ld+json")
        case [key, ending] if key in CHARTS and ending in TWINS:
            return _chart(site, item, item.claim.said_on if key == "then" else item.as_of, ending, words)
        case _:
            raise NotFoundException


def _chart(site: Site, item: Checked, day: date, ending: str, words: Words) -> File:
    """Give the series that the readings ask for, as known on a day."""
    names, figures = series_asked(item), site.situation.figures
    match ending:
        case "csv":
            views = [as_of(figures, figures.series(name), day) for name in names]
            rows = [row_values(view.series, row) for view in views for row in view.rows]
            return csv_file(rows, f"{item.claim.id}-{day.isoformat()}")
        case "json":
            held = [figures.series(name) for name in names]
            return json_file([view_row(figures.dataset_of(row), as_of(figures, row, day), words) for row in held])
        case _:
            drawn = situation.drawn(site.situation, names, day, (date.min, date.max), (), words.language)
            return svg_file(drawn) if ending == "svg" else png_file(drawn)


def _checked(site: Site, claim_id: str, on: str) -> Checked:
    return situation.checked(site.situation, site.situation.claim(claim_id).id, site.day(on))


HANDLERS = (claims, claim, file)
