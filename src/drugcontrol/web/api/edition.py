"""Answers that change only with the edition of the law, imported figures, the program and the day: said by ``ETag``."""

from typing import Any

from litestar import Request, Response

from drugcontrol import __version__
from drugcontrol.web.site import Site


def etag(site: Site) -> str:
    """Give the tag of every answer to GET; the address tells answers apart. Weak: packed and plain ones share it."""
    parts = (site.law.edition_name, site.situation.imported, __version__, site.today().isoformat())
    return f'W/"{"/".join(filter(None, parts))}"'


def not_modified(request: Request[Any, Any, Any]) -> Response[None] | None:
    """Answer 304 where the caller has what would be sent."""
    tag = etag(request.app.state.site)
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if request.method == "GET" and tag.removeprefix("W/") in known:
        return Response(None, status_code=304, headers={"etag": tag})
    return None
