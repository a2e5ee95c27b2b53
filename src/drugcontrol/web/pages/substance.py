"""A registered substance on a day: the answer that can be shared, printed and asked again."""

from typing import Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.response import Template

from drugcontrol.check import Identified
from drugcontrol.web.answer import shown
from drugcontrol.web.inject import PageWords, PathId, Places, Short, TheSite
from drugcontrol.web.pages.ask import form_context, substance_address
from drugcontrol.web.render import address, page


@get("/substance/{substance_id:str}", sync_to_thread=False)
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
    edition: Short = "",
) -> Template:
    """Answer for a registered substance; an edition that is not the one served is said, never passed over."""
    row = site.law.substances.get(substance_id)
    if row is None:
        raise NotFoundException
    question = site.question(on, [places], [kind], to)
    asked = Identified(row.name, "name", substance=row, salt=form == "salt")
    api = {"text": f"{row.id} hydrochloride" if asked.salt else row.id, "date": question.day.isoformat()}
    api |= {key: value for key, value in question.query().items() if key != "on"}
    name = f"{row.name} ({words('form', 'salt')})" if asked.salt else row.name
    return page(
        request,
        "answer.html",
        words,
        shown=shown(site, asked, question, words),
        share=substance_address(site, words, asked, question),
        other_edition=edition.replace(" ", "+") if edition.replace(" ", "+") != site.law.edition_name else "",
        name=name,
        api_address=address("/api/v1/check", api),
        **form_context(site, row.name, "", question),
    )


HANDLERS = (substance,)
