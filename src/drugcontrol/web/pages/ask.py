"""The home page: one question, answered. A name leads to the page of the substance, a structure is answered at once."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from drugcontrol.check import Identified, identify
from drugcontrol.errors import DrugcontrolError
from drugcontrol.law import Substance
from drugcontrol.law.model import KINDS
from drugcontrol.report.words import Words
from drugcontrol.web.answer import shown
from drugcontrol.web.inject import PageWords, TheSite
from drugcontrol.web.problems import problem_of
from drugcontrol.web.question import Question
from drugcontrol.web.render import address, local_name, page
from drugcontrol.web.site import Site

EXAMPLES = ("fentanyl", "norfentanyl", "furanylfentanyl", "79099-07-3", "2915 24 00")
"""Names and numbers that the home page offers, of every kind that the box takes."""


class AskForm(msgspec.Struct, kw_only=True):
    """The form of the home page. ``structure`` is what was drawn or pasted; it goes before ``text``."""

    text: str = ""
    structure: str = ""
    on: str = ""
    places: str | list[str] = msgspec.field(name="in", default="")
    kind: str | list[str] = ""
    to: str = ""


@get("/", sync_to_thread=False)
def home(request: Request[Any, Any, Any], site: TheSite, words: PageWords) -> Template:
    """Show the empty form."""
    question = site.question()
    links = list(_links(site, words, EXAMPLES, question))
    return page(request, "ask.html", words, examples=links, **form_context(site, question=question))


@get("/ask", sync_to_thread=False)
def again(words: PageWords) -> Redirect:
    """Lead who opens the address of the answered form back to the empty one."""
    return Redirect(f"/{words.language}/")


@post("/ask", status_code=200, sync_to_thread=True)
def ask(
    request: Request[Any, Any, Any],
    site: TheSite,
    words: PageWords,
    data: URLEncodedBody[AskForm],
) -> Template | Redirect:
    """Answer the form: a registered substance by its own address, a structure here, which has none."""
    try:
        question = site.question(data.on, data.places, data.kind, data.to)
        asked = identify(data.structure if data.structure.strip() else data.text, site.checker.names)
    except DrugcontrolError as error:
        return _refused(request, site, words, data, error)
    if has_address(asked):
        return Redirect(substance_address(site, words, asked, question), status_code=303)
    context = form_context(site, data.text, data.structure, question)
    return page(
        request,
        "answer.html",
        words,
        kept=False,
        asked_day=question.day,
        shown=shown(site, asked, question, words),
        share="",
        salt="",
        code="",
        **context,
    )


@get("/names", sync_to_thread=False)
def names(request: Request[Any, Any, Any], site: TheSite, words: PageWords) -> Template:
    """Give the names that can be asked for, as choices for the box; what is typed is not sent anywhere."""
    found = {name for row in site.law.substances.values() for name in (row.name, *row.names.get(words.language, ()))}
    return page(request, "names.html", words, names=sorted(found, key=str.casefold))


def has_address(asked: Identified) -> bool:
    """Say whether an address can name what was asked: a registered substance, not a structure."""
    return asked.substance is not None and asked.stereo_known


def _registered(asked: Identified) -> Substance:
    assert asked.substance is not None  # noqa: S101 - see has_address
    return asked.substance


def substance_address(site: Site, words: Words, asked: Identified, question: Question) -> str:
    """Give the address of an answer, with its day and the edition of the law."""
    code = asked.text if asked.read_as == "customs_code" else ""
    query = {"form": "salt" if asked.salt else "", "code": code, **question.query(site.law.edition_name)}
    return address(f"/{words.language}/substance/{quote(_registered(asked).id, safe='')}", query)


def form_context(site: Site, text: str = "", structure: str = "", question: Question | None = None) -> dict[str, Any]:
    """Give what the form needs: what was asked, and the choices."""
    question = question or site.question()
    return {
        "asked_text": text,
        "asked_structure": structure,
        "question": question,
        "places": site.law.jurisdictions,
        "kinds": KINDS,
        "today": site.today().isoformat(),
    }


def _refused(
    request: Request[Any, Any, Any], site: Site, words: Words, data: AskForm, error: DrugcontrolError
) -> Template:
    status, problem = problem_of(error)
    question = _readable(site, data)
    links = list(_links(site, words, problem.suggestions, question))
    context = form_context(site, data.text, data.structure, question)
    return page(
        request, "ask.html", words, status=status, kept=False, problem=problem, links=links, examples=(), **context
    )


def _readable(site: Site, data: AskForm) -> Question:
    """Give day, places, kinds and destination as asked; a part that cannot be read is as on an empty form."""
    parts: dict[str, Any] = {
        "on": data.on,
        "places": data.places,
        "kinds": data.kind,
        "to": data.to,
    }
    readable: dict[str, Any] = {}
    for name, value in parts.items():
        try:
            site.question(**{name: value})
        except DrugcontrolError:
            continue
        readable[name] = value
    return site.question(**readable)


def _links(site: Site, words: Words, texts: Iterable[str], question: Question) -> Iterator[tuple[str, str]]:
    """Give the texts that name one registered substance, each in the language of the page and with its answer."""
    for text in texts:
        try:
            found = identify(text, site.checker.names)
        except DrugcontrolError:
            continue
        if has_address(found):
            label = local_name(_registered(found), words.language) if found.read_as == "name" else text
            yield label, substance_address(site, words, found, question)


HANDLERS = (home, ask, again, names)
