"""The question itself: by address for what has a name, by POST for structures, in batches for both."""

import hmac
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotAuthorizedException
from litestar.params import QueryParameter, RequestBody

from drugcontrol.check import NOTICE, Answer, identify
from drugcontrol.check.identify import ReadAs
from drugcontrol.check.verdict import Query, SubstanceShown, Verdict
from drugcontrol.errors import DrugcontrolError, UsageError
from drugcontrol.law.rows import Kind, Text
from drugcontrol.web.api.answers import errors
from drugcontrol.web.api.edition import etag
from drugcontrol.web.inject import Destination, Kinds, OfDay, Places, TheSite
from drugcontrol.web.problems import Problem, problem_of
from drugcontrol.web.question import Question
from drugcontrol.web.site import Site

MAX_BATCH = 1000
"""Questions in one batch."""

STRUCTURES = ("smiles", "inchi", "molfile")

_TEXT = "Name, CAS number, HS or CN code, InChIKey, SMILES, InChI or molfile."
_Day = Annotated[str, msgspec.Meta(description="Law as it stood on that day, YYYY-MM-DD; today when empty.")]
_Places = Annotated[list[str], msgspec.Meta(max_length=50, description="Codes of places; all when empty.")]
_Kinds = Annotated[list[Kind], msgspec.Meta(max_length=10, description="Only these kinds of control; all when empty.")]
_To = Annotated[str, msgspec.Meta(description="Country of destination, two letters, for export control.")]


class CheckRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One question.

    Attributes
    ----------
    text : str
        Name, CAS number, HS or CN code, InChIKey, SMILES, InChI or molfile.
    read_as : str
        Read the text as this and nothing else; recognised when empty.
    date : str
        Law as it stood on that day, ``YYYY-MM-DD``; today when empty.
    places : list of str
        Codes; all that are held when empty. ``in`` in JSON.
    kinds : list of str
        Only these kinds of control; all when empty.
    to : str
        Country of destination, for export control that depends on it.
    """

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=800_000, description=_TEXT)]
    read_as: Annotated[ReadAs | None, msgspec.Meta(description="Read the text as this and nothing else.")] = None
    date: _Day = ""
    places: _Places = msgspec.field(name="in", default_factory=list)
    kinds: _Kinds = []
    to: _To = ""


class BatchRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Many questions about one day and the same places; ``texts`` in the order in which they are answered."""

    texts: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=20_000)]],
        msgspec.Meta(max_length=MAX_BATCH, description="One text for each question, answered in this order."),
    ]
    date: _Day = ""
    places: _Places = msgspec.field(name="in", default_factory=list)
    kinds: _Kinds = []
    to: _To = ""


class BatchItem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One answer of a batch, or why there is none."""

    query: Query | None = None
    substance: SubstanceShown | None = None
    verdicts: tuple[Verdict, ...] = ()
    error: Problem | None = None


class BatchAnswer(msgspec.Struct, kw_only=True):
    """The answers of a batch, one for each text, in order."""

    as_of: str
    edition: str
    answers: list[BatchItem]
    notice: Text


@get("/check", sync_to_thread=True, summary="Check a name or number", responses=errors(404, 409))
def check_name(
    request: Request[Any, Any, Any],
    site: TheSite,
    text: Annotated[str, QueryParameter(max_length=300, min_length=1, description="Name, CAS number or customs code.")],
    read_as: Annotated[
        Literal["name", "cas", "customs_code"] | None,
        QueryParameter(description="Read the text as this and nothing else; recognised when left out."),
    ] = None,
    date: OfDay = "",
    places: Places = "",
    kind: Kinds = "",
    to: Destination = "",
) -> Response[Answer]:
    """Answer for a name, CAS number or customs code. A structure or InChIKey is refused here: send it by POST."""
    del request
    question = site.question(date, places, kind, to)
    asked = identify(text, site.checker.names, read_as)
    if asked.molecule is not None or asked.read_as == "inchikey":
        hint = "Send it by POST to this address; an address can end in logs."
        raise UsageError("A structure does not belong into an address.", hint, code="structure_in_address")
    return Response(site.answer(asked, question), headers={"etag": etag(site)})


@post(
    "/check",
    status_code=200,
    sync_to_thread=True,
    summary="Check a name, number or structure",
    responses=errors(404, 409, 413),
)
def check_any(site: TheSite, data: RequestBody[CheckRequest]) -> Answer:
    """Answer for whatever names or draws one substance. What is sent is not kept and stands in no log."""
    question = site.question(data.date, data.places, data.kinds, data.to)
    return site.answer(identify(data.text, site.checker.names, data.read_as), question)


@post("/batch", status_code=200, sync_to_thread=True, summary="Check many names and numbers", responses=errors(413))
def batch(site: TheSite, data: RequestBody[BatchRequest]) -> BatchAnswer:
    """Answer for up to 1000 names, CAS numbers and customs codes; what is none of them is answered by an error."""
    return _batch(site, data, structures=False)


@post(
    "/batch/structures",
    status_code=200,
    sync_to_thread=True,
    summary="Check many structures (with a key)",
    responses=errors(401, 413),
    security=[{"key": []}],
)
def batch_structures(request: Request[Any, Any, Any], site: TheSite, data: RequestBody[BatchRequest]) -> BatchAnswer:
    """Answer for up to 1000 structures, names and numbers. Needs a key that the operator of the server gives out."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    matching = [hmac.compare_digest(given.strip().encode(), key.encode()) for key in site.settings.keys]
    if scheme.casefold() != "bearer" or not any(matching):
        raise NotAuthorizedException
    return _batch(site, data, structures=True)


def _batch(site: Site, data: BatchRequest, *, structures: bool) -> BatchAnswer:
    question = site.question(data.date, data.places, data.kinds, data.to)
    return BatchAnswer(
        as_of=question.day.isoformat(),
        edition=site.law.edition_name,
        answers=[_item(site, text, question, structures) for text in data.texts],
        notice=NOTICE,
    )


def _item(site: Site, text: str, question: Question, structures: bool) -> BatchItem:
    try:
        asked = identify(text, site.checker.names)
        if asked.read_as in STRUCTURES and not structures:
            hint = "Structures in batches go to /api/v1/batch/structures, with a key."
            raise UsageError("This call takes names and numbers.", hint, code="structure_without_key", field="texts")
        answer = site.answer(asked, question)
    except DrugcontrolError as error:
        return BatchItem(error=problem_of(error)[1])
    return BatchItem(query=answer.query, substance=answer.substance, verdicts=answer.verdicts)


HANDLERS: Sequence[Any] = (check_name, check_any, batch, batch_structures)
