"""Which errors a call of the API can answer with, and how they are described."""

from typing import Any

from litestar.openapi.datastructures import ResponseSpec

from drugcontrol.errors import UsageError
from drugcontrol.web.problems import Problem

_SAID = {
    400: "The question cannot be asked like this.",
    401: "The key is missing or wrong.",
    403: "The server does not answer under that name.",
    404: "Nothing that is held has that name or id.",
    409: "Several registered substances have that name.",
    413: "The request is too large.",
}


def errors(*statuses: int) -> dict[int, Any]:
    """Describe errors by their status; 400 and 403 can always come."""
    return {
        status: ResponseSpec(Problem, description=_SAID[status], generate_examples=False)
        for status in sorted({400, 403, *statuses})
    }


def unknown_id(message: str, hint: str) -> UsageError:
    """Make the error of an address that ends in an id of nothing; answered by 404."""
    return UsageError(message, hint, code="unknown_id")
