"""The API: the same JSON as the command line, described by OpenAPI."""

from litestar import Router

from drugcontrol.web.api import check, law, situation
from drugcontrol.web.api.edition import not_modified

DESCRIPTION = """\
Whether a substance is controlled, where, by which instrument and clause, since when, as the law stood on a day;
official figures as they were known on a day, and claims checked against both.

Answers are those of the command line with `--json`. Information, not legal advice; a negative answer is no clearance.
Structures are sent by POST and stay out of addresses and logs. Answers to GET carry an `ETag` that changes with the
edition of the law and the day; send it back as `If-None-Match`.
"""


def router() -> Router:
    """Give every call below ``/api/v1``."""
    return Router(
        "/api/v1",
        route_handlers=[*check.HANDLERS, *law.HANDLERS, *situation.HANDLERS],
        before_request=not_modified,
        tags=["v1"],
    )
