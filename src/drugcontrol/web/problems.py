"""Errors as one body for programs and one page for people."""

import logging
import re
import traceback
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Template

from drugcontrol.errors import AmbiguousName, DrugcontrolError, UnknownName
from drugcontrol.web.language import language_of_path
from drugcontrol.web.render import page
from drugcontrol.web.wording import page_words

LOG = logging.getLogger("drugcontrol.web")


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong, and what to do.

    Attributes
    ----------
    code : str
        A word for programs: ``unknown_name``, ``no_day``, ``unreadable_structure``, ``not_found`` ...
    message : str
        One sentence, in English.
    field : str
        Which part of the question is meant; empty for the question as a whole.
    hint : str
        What to do; may be empty.
    suggestions : tuple of str
        Names that may have been meant.
    """

    code: str
    message: str
    field: str = ""
    hint: str = ""
    suggestions: tuple[str, ...] = ()


_MISSING = re.compile(r"Missing required query parameter '(\w+)'")

_IN_BODY = (
    (re.compile(r"missing required field `(\w{1,40})`"), "The request lacks “{}”."),
    (re.compile(r"contains unknown field `(\w{1,40})`"), "The request has no field “{}”."),
)
"""What msgspec says of a body that lacks a field or has one too many, and how it is told; no value is repeated."""

_BY_STATUS = {
    400: ("bad_request", "The request cannot be read.", "Compare it with the description of the API."),
    401: ("no_key", "This call needs a key.", "Send it as “Authorization: Bearer KEY”; the operator gives it out."),
    403: ("refused", "The request was refused.", "Open the page again and send the form once more."),
    404: ("not_found", "There is no such page.", "Check the address."),
    405: ("method_not_allowed", "The address does not take this method.", "See the description of the API."),
    413: ("too_large", "The request is too large.", "Send less at once."),
    415: ("media_type", "The content is not of a type that is read here.", "Send JSON."),
    500: ("internal", "The server met an error of its own.", "Try again; report it if it comes back."),
}


def problem_of(error: Exception) -> tuple[int, Problem]:
    """Give the HTTP status and the body of an error."""
    match error:
        case UnknownName():
            return 404, _said(error, error.suggestions)
        case AmbiguousName():
            return 409, _said(error, error.candidates)
        case DrugcontrolError():
            return 404 if error.code == "unknown_id" else 400, _said(error)
        case HTTPException():
            status = error.status_code
        case RecursionError():  # lists in lists without end, sent as JSON
            status = 400
        case _:
            status = 500
    status = status if status in _BY_STATUS else 400 if status < 500 else 500
    code, message, hint = _BY_STATUS[status]
    field = _field(error)
    if status == 400 and isinstance(error, ValidationException):
        if field:
            missing = _MISSING.match(error.detail)
            message = f"The request lacks “{field}”." if missing else f"“{field}” is not as described."
        for pattern, said in _IN_BODY:
            if found := pattern.search(_refused_part(error).get("message", "")):
                field, message = found[1], said.format(found[1])
    return status, Problem(code=code, message=message, field=field, hint=hint)


def _said(error: DrugcontrolError, suggestions: tuple[str, ...] = ()) -> Problem:
    return Problem(code=error.code, message=error.message, field=error.field, hint=error.hint, suggestions=suggestions)


def _field(error: Exception) -> str:
    """Name the part of the question that Litestar refuses; ``data`` is its word for the whole body."""
    if not isinstance(error, ValidationException):
        return ""
    missing = _MISSING.match(error.detail)
    field = missing[1] if missing else _refused_part(error).get("key", "")
    return "" if field == "data" else field


def _refused_part(error: ValidationException) -> dict[str, str]:
    first = error.extra[0] if isinstance(error.extra, list) and error.extra else {}
    return {key: str(value) for key, value in first.items()} if isinstance(first, dict) else {}


def answer_error(request: Request[Any, Any, Any], error: Exception) -> Response[Problem] | Template:
    """Answer an error: JSON below ``/api/``, a page elsewhere."""
    status, problem = problem_of(error)
    if status == 500:  # without the message and the values: a structure may stand in them
        LOG.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    if request.scope["path"].startswith("/api/"):
        headers = {"www-authenticate": "Bearer"} if status == 401 else None
        return Response(problem, status_code=status, media_type="application/json", headers=headers)
    words = page_words(language_of_path(request))
    return page(request, "problem.html", words, status=status, problem=problem, back=_back(request), kept=False)


def _back(request: Request[Any, Any, Any]) -> str:
    """Give the page of this server that led here; empty where none did."""
    try:
        came = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    own = came.netloc == request.headers.get("host", "") and not came.path.startswith("//")
    return urlunsplit(("", "", came.path, came.query, "")) if own else ""
