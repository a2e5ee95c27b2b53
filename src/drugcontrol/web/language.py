"""The language of a page: in the first part of its path; ``/`` sends the reader to the one the browser asks for."""

from typing import Any, cast

from babel import negotiate_locale
from litestar import Request, get
from litestar.response import Redirect

from drugcontrol.report.words import LANGUAGES, Language

SHOWN: dict[Language, tuple[str, str]] = {"en": ("en", "English"), "es": ("es", "Español"), "zh": ("zh-Hans", "中文")}
"""Tag for HTML and own name of each language."""


def language_of_path(request: Request[Any, Any, Any]) -> Language:
    """Give the language of a page by its path, or the one the browser asks for."""
    first = request.scope["path"].strip("/").split("/", 1)[0]
    return first if first in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def preferred(accepted: str) -> Language:
    """Choose by the header ``Accept-Language``; English where none fits.

    Examples
    --------
    >>> preferred("es-MX,es;q=0.9,en;q=0.8")
    'es'
    >>> preferred("en; q=0.5, zh-Hans-CN; q=0.9, es;q=0")
    'zh'
    >>> preferred("fr")
    'en'
    """
    weighted = []
    for index, part in enumerate(accepted.replace(" ", "").split(",")[:20]):
        tag, _, weight = part.partition(";q=")
        try:
            weighted.append((-float(weight or 1), index, tag.split("-")[0].lower()))
        except ValueError:
            continue
    asked = [tag for weight, _, tag in sorted(weighted) if weight < 0]
    return cast(Language, negotiate_locale(asked, LANGUAGES) or "en")


@get("/", include_in_schema=False, sync_to_thread=False)
def root(request: Request[Any, Any, Any]) -> Redirect:
    """Send the reader to the home page in a language."""
    return Redirect(f"/{language_of_path(request)}/", status_code=307, headers={"vary": "accept-language"})
