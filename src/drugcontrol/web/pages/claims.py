"""Claims: what was said, each reading checked as known then and as known now, with the rows that were used."""

from datetime import date
from typing import Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.response import Template

from drugcontrol.dates import parse_day
from drugcontrol.report.claim_page import HELPERS, charts, series_asked
from drugcontrol.report.claim_values import checked_row, claim_review
from drugcontrol.situation.claims import Checked
from drugcontrol.situation.known import View
from drugcontrol.web import situation
from drugcontrol.web.inject import PageWords, PathId, Short, TheSite
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site
from drugcontrol.web.twins import File, json_file, svg_file

FILES = ("claim.json", "claim.jsonld")
"""The twins of the page of a claim: for programs, and ClaimReview for fact-check tools."""

CHARTS = {"then.svg": "then", "now.svg": "now"}
"""The charts of a claim: its series as known on the day it was said, and on the day asked about."""


@get("/claims", sync_to_thread=True)
def claims(request: Request[Any, Any, Any], site: TheSite, words: PageWords) -> Template:
    """List the claims, by statement."""
    held = site.situation.claims
    first_of = {claim.statement.id: claim for claim in reversed(held)}
    by_statement = [(first, [row for row in held if row.statement.id == key]) for key, first in first_of.items()]
    return page(request, "claims.html", words, by_statement=by_statement, **HELPERS)


@get("/claims/{claim_id:str}", sync_to_thread=True)
def claim(
    request: Request[Any, Any, Any], site: TheSite, words: PageWords, claim_id: PathId, on: Short = ""
) -> Template:
    """Show one claim with its readings, then and now."""
    item = _checked(site, claim_id, on)
    query = {"on": item.as_of.isoformat(), "edition": site.law.edition_name}
    path = f"/{words.language}/claims/{item.claim.id}"

    def picture(key: str, views: tuple[View, ...]) -> str:
        return address(f"{path}/{key}.svg", {"on": query["on"]}) if any(view.decided for view in views) else ""

    return page(
        request,
        "claim.html",
        words,
        item=item,
        claim=item.claim,
        charts=list(charts(item, site.situation.figures, words, picture)),
        law=site.law,
        series_table="report/series_table.html",
        asked_series=[site.situation.figures.series(name) for name in series_asked(item)],
        files={name: address(f"{path}/{name}", {"on": query["on"]}) for name in FILES},
        share=address(path, query),
        **HELPERS,
    )


@get("/claims/{claim_id:str}/{name:str}", sync_to_thread=True)
def file(site: TheSite, words: PageWords, claim_id: PathId, name: PathId, on: Short = "") -> File:
    """Give a twin of the page, or one of its charts."""
    if name not in (*FILES, *CHARTS):
        raise NotFoundException
    item = _checked(site, claim_id, on)
    if name in CHARTS:
        day = item.claim.said_on if CHARTS[name] == "then" else item.as_of
        parts = (series_asked(item), day, (date.min, date.max), (), words.language)
        return svg_file(situation.drawn(site.situation, *parts))
    if name == "claim.json":
        return json_file(checked_row(item, site.law, words))
    return json_file(claim_review([item], site.law, words), "application/ld+json")


def _checked(site: Site, claim_id: str, on: str) -> Checked:
    day = parse_day(on) if on.strip() else site.today()
    return situation.checked(site.situation, site.situation.claim(claim_id).id, day)


HANDLERS = (claims, claim, file)
