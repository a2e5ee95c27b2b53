"""A registered substance on a day: the answer that can be shared, printed and asked again."""

from typing import Any
from urllib.parse import quote

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.response import Template

from drugcontrol.check import Identified
from drugcontrol.check.question import read_places
from drugcontrol.codes import customs_digits
from drugcontrol.law import Substance
from drugcontrol.report.events import EventRow
from drugcontrol.report.past import past_of
from drugcontrol.report.timeline import svg
from drugcontrol.web.answer import shown
from drugcontrol.web.citation import law_citation
from drugcontrol.web.inject import PageWords, PathId, Places, Short, TheSite
from drugcontrol.web.pages.ask import form_context, substance_address
from drugcontrol.web.render import address, local_name, page
from drugcontrol.web.site import Site
from drugcontrol.web.twins import File, csv_file, json_file, png_file, svg_file

FILES = ("history.csv", "history.json", "history.svg", "history.png")
"""The twins of the control of a substance over time."""


@get("/substance/{substance_id:str}", sync_to_thread=True)
def substance(
    request: Request[Any, Any, Any],
    site: TheSite,
    words: PageWords,
    substance_id: PathId,
    on: Short = "",
    places: Places = "",
    kind: Short = "",
    to: Short = "",
    form: Short = "",
    code: Short = "",
) -> Template:
    """Answer for a registered substance; where a customs code led here, say that other goods stand under it too."""
    row = _registered(site, substance_id)
    question = site.question(on, places, kind, to)
    asked = Identified(row.name, "name", substance=row, salt=form == "salt")
    api = {"text": f"{row.id} hydrochloride" if asked.salt else row.id, "date": question.day.isoformat()}
    api |= {key: value for key, value in question.query().items() if key != "on"}
    salt = f" ({words('form', 'salt')})" if asked.salt else ""
    share = substance_address(site, words, asked, question)
    path, query = f"/{words.language}/substance/{quote(row.id, safe='')}", {"in": question.query().get("in", "")}
    return page(
        request,
        "answer.html",
        words,
        asked_day=question.day,
        shown=shown(site, asked, question, words),
        share=share,
        files={name: address(f"{path}/{name}", query) for name in FILES},
        citation=law_citation(site, words, local_name(row, words.language) + salt, question.day),
        salt=salt,
        code=code if row in site.checker.names.customs.get(customs_digits(code) or "", ()) else "",
        api_address=address("/api/v1/check", api),
        **form_context(site, row.name, "", question),
    )


@get("/substance/{substance_id:str}/{name:str}", sync_to_thread=True)
def history_file(site: TheSite, words: PageWords, substance_id: PathId, name: PathId, places: Places = "") -> File:
    """Give a twin of the control of a substance over time."""
    if name not in FILES:
        raise NotFoundException
    row = _registered(site, substance_id)
    recognised = site.recognised(Identified(row.name, "name", substance=row))
    today = site.today()
    past = past_of(site.law, row, recognised, read_places(site.law, places or "all"), today, words)
    match name:
        case "history.json":
            return json_file(past.rows())
        case "history.csv":
            return csv_file([_flat(event) for event in past.rows()], f"history-{row.id}")
        case _:
            drawn = svg(local_name(row, words.language), past.spans, today, site.law.edition_name, words)
            return svg_file(drawn) if name == "history.svg" else png_file(drawn)


def _flat(event: EventRow) -> dict[str, str]:
    return {key: value if isinstance(value, str) else "yes" if value else "no" for key, value in event.items()}


def _registered(site: Site, substance_id: str) -> Substance:
    row = site.law.substances.get(substance_id)
    if row is None:
        raise NotFoundException
    return row


HANDLERS = (substance, history_file)
