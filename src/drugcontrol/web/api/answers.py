"""Which errors a call of the API can answer with, for its description."""

from typing import Any

from litestar.openapi.datastructures import ResponseSpec

from drugcontrol.web.problems import Problem

_SAID = {
    400: "The question cannot be asked like this.",
    401: "The key is missing or wrong.",
    403: "The server does not answer under that name.",
    404: "No registered substance, rule or place has that name.",
    409: "Several registered substances have that name.",
    413: "The request is too large.",
}


def errors(*statuses: int) -> dict[int, Any]:
    """Describe errors by their status; 400 and 403 can always come."""
    return {
        status: ResponseSpec(Problem, description=_SAID[status], generate_examples=False)
        for status in sorted({400, 403, *statuses})
    }
