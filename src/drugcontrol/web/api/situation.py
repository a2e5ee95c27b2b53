"""Official figures as known on a day, claims checked against them, measures of States."""

from collections.abc import Sequence
from typing import Any

from litestar import Response, get

from drugcontrol.report import figure_values as values
from drugcontrol.report.claim_values import checked_row, claim_row
from drugcontrol.report.figures import has_words
from drugcontrol.report.measures import value
from drugcontrol.report.words import Words
from drugcontrol.situation.measures import read_kinds, read_places
from drugcontrol.web import situation
from drugcontrol.web.api.answers import errors, unknown_id
from drugcontrol.web.api.edition import etag
from drugcontrol.web.inject import From, OfDay, PathId, Places, Short, TheSite, To
from drugcontrol.web.situation import Asked

Row = dict[str, Any]


@get("/figures", sync_to_thread=True, summary="Series of official figures", responses=errors())
def figures(site: TheSite, words: Short = "") -> Response[list[Row]]:
    """Give the series that are held, or those that have all of some words in id, title or dataset."""
    wanted = words.split()
    rows = [
        values.series_row(dataset, series)
        for dataset in site.situation.figures.datasets.values()
        for series in dataset.series.values()
        if has_words(series, dataset, wanted)
    ]
    return Response(rows, headers={"etag": etag(site)})


@get("/figures/{series_id:str}", sync_to_thread=True, summary="One series as known on a day", responses=errors(404))
def series(site: TheSite, series_id: PathId, date: OfDay = "", first: From = "", last: To = "") -> Response[Row]:
    """Give for each period the newest release published not later than a day, and what stands in the way of one."""
    if all(series_id not in dataset.series for dataset in site.situation.figures.datasets.values()):
        raise unknown_id("No series has that id.", "GET /api/v1/figures lists them.")
    day = site.day(date)
    asked = Asked.read(site.situation, series_id, day, first, last, "")
    row = values.view_row(asked.dataset, situation.view(site.situation, asked), Words.of("en"))
    return Response(row, headers={"etag": etag(site)})


@get("/claims", sync_to_thread=True, summary="Claims that are held", responses=errors())
def claims(site: TheSite) -> Response[list[Row]]:
    """Give every claim with its words, who said them, its source and its readings."""
    return Response([claim_row(item) for item in site.situation.claims], headers={"etag": etag(site)})


@get("/claims/{claim_id:str}", sync_to_thread=True, summary="One claim, checked", responses=errors(404))
def claim(site: TheSite, claim_id: PathId, date: OfDay = "") -> Response[Row]:
    """Give each reading as known on the day the words were said and on another one, with the rows that were used."""
    day = site.day(date)
    if all(item.id != claim_id for item in site.situation.claims):
        raise unknown_id("No claim has that id.", "GET /api/v1/claims lists them.")
    item = situation.checked(site.situation, claim_id, day)
    return Response(checked_row(item, site.law, Words.of("en")), headers={"etag": etag(site)})


@get("/measures", sync_to_thread=True, summary="Measures of States", responses=errors())
def measures(site: TheSite, places: Places = "", kind: Short = "") -> Response[list[Row]]:
    """Give dated, cited acts by place, oldest first. What is not there is not held, never “none”."""
    held, words = site.situation.measures, Words.of("en")
    found = held.select(read_places(held, places), read_kinds(kind))
    return Response([value(item, words) for item in found], headers={"etag": etag(site)})


HANDLERS: Sequence[Any] = (figures, series, claims, claim, measures)
