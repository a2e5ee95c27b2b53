"""Official figures: which are held, and one series as known on a day, with its chart and every twin of it."""

from typing import Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.response import Template

from drugcontrol.report import figure_values as values
from drugcontrol.report import figures as text
from drugcontrol.report.chart_law import act_mark
from drugcontrol.report.measures import day_text
from drugcontrol.report.words import Words
from drugcontrol.situation.known import revisions
from drugcontrol.situation.periods import period_label
from drugcontrol.web import situation
from drugcontrol.web.inject import From, PageWords, PathId, Short, TheSite, To
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site
from drugcontrol.web.situation import Asked
from drugcontrol.web.twins import File, csv_file, json_file, png_file, svg_file

FILES = ("rows.csv", "rows.json", "revisions.csv", "chart.svg", "chart.png")
"""The twins of a page of figures."""

LAW = ("CN", "US", "MX")
"""Places whose acts a page offers to draw below the figures."""


@get("/figures", sync_to_thread=True)
def figures(request: Request[Any, Any, Any], site: TheSite, words: PageWords, q: Short = "") -> Template:
    """List datasets and series; with words, only series that have all of them."""
    held = site.situation.figures
    wanted = q.split()
    found = [
        (dataset, [row for row in dataset.series.values() if text.has_words(row, dataset, wanted)])
        for dataset in held.datasets.values()
    ]
    shown = [(dataset, rows) for dataset, rows in found if rows]
    return page(request, "figures.html", words, found=shown, q=q, most=None if wanted else 12)


@get("/figures/{series_id:str}", sync_to_thread=True)
def series(
    request: Request[Any, Any, Any],
    site: TheSite,
    words: PageWords,
    series_id: PathId,
    on: Short = "",
    first: From = "",
    last: To = "",
    law: Short = "",
) -> Template:
    """Show one series as known on a day: chart, table, revisions, caveats, citation."""
    asked = _asked(site, series_id, on, first, last, law)
    held = site.situation
    view = situation.view(held, asked)
    lower, upper = asked.window()
    said = revisions(asked.dataset, asked.series, asked.day)
    path = f"/{words.language}/figures/{series_id}"
    query = asked.query()
    return page(
        request,
        "series.html",
        words,
        asked_day=asked.day,
        asked=asked,
        view=view,
        series=asked.series,
        dataset=asked.dataset,
        strip=situation.strip(held, asked.places, asked.day),
        said={period: items for period, items in said.items() if lower <= period.last <= upper},
        drawable=bool(view.decided),
        files={name: address(f"{path}/{name}", query) for name in FILES},
        share=address(path, query | {"edition": site.law.edition_name}),
        laws=LAW,
        citation=_citation(asked, view, words),
        label=period_label,
        number=text.number,
        shown=text.shown,
        kilograms=values.kilograms,
        published=text.published,
        remarks=text.remarks,
        act_mark=act_mark,
        day_text=day_text,
    )


@get("/figures/{series_id:str}/{name:str}", sync_to_thread=True)
def file(
    site: TheSite,
    words: PageWords,
    series_id: PathId,
    name: PathId,
    on: Short = "",
    first: From = "",
    last: To = "",
    law: Short = "",
) -> File:
    """Give a twin of the page: rows, revisions or the chart."""
    if name not in FILES:
        raise NotFoundException
    asked = _asked(site, series_id, on, first, last, law)
    held = site.situation
    match name:
        case "chart.svg":
            return svg_file(_chart(site, asked, words))
        case "chart.png":
            return png_file(_chart(site, asked, words))
        case "rows.json":
            return json_file(values.view_row(asked.dataset, situation.view(held, asked), words))
        case "revisions.csv":
            said = revisions(asked.dataset, asked.series, asked.day)
            return csv_file(values.revision_values(asked.dataset, asked.series, said), f"{series_id}-revisions")
        case _:
            rows = [values.row_values(asked.series, row) for row in situation.view(held, asked).rows]
            return csv_file(rows, series_id)


def _asked(site: Site, series_id: str, on: str, first: str, last: str, law: str) -> Asked:
    day = site.day(on)
    return Asked.read(site.situation, series_id, day, first, last, law)


def _chart(site: Site, asked: Asked, words: Words) -> str:
    parts = (asked.day, asked.window(), asked.places, words.language)
    return situation.drawn(site.situation, (asked.series.id,), *parts)


def _citation(asked: Asked, view: Any, words: Words) -> str:
    """Say how to cite the figures: publisher, title, release, day as known on, address."""
    newest = f"{view.newest.id}, {text.published(view.newest, words)}" if view.newest else ""
    parts = (asked.dataset.row.publisher, words.text(asked.series.title), newest)
    known = words("figures", "as_known", date=asked.day.isoformat())
    return ". ".join(filter(None, (*parts, known, asked.dataset.row.address)))


HANDLERS = (figures, series, file)
