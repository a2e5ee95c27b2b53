"""What every answer of the server carries, and which requests it refuses before anything reads them."""

import hmac
from typing import Any
from urllib.parse import urlsplit

from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware.csrf import generate_csrf_hash
from litestar.types import Guard, Message, Scope

from drugcontrol.web.settings import Settings

CONTENT_SECURITY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""Nothing from elsewhere, no script or style inside a page; ``data:`` pictures are the cursors of the editor."""

HEADERS = {
    "content-security-policy": CONTENT_SECURITY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

MAX_BODY = 1_000_000
"""Bytes of a request: a molfile of the largest structure that is compared fits. Uploads of files have their own."""


async def add_headers(message: Message, scope: Scope) -> None:
    """Put the headers on an answer; one that is not told otherwise is not kept by anyone."""
    if message["type"] != "http.response.start" or scope["type"] != ScopeType.HTTP:
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("cache-control", "no-store" if scope.get("method") == "POST" else "no-cache")
    headers.setdefault("vary", "Accept-Encoding")


FORM_COOKIE = "drugcontrol-form"


def csrf(settings: Settings) -> CSRFConfig:
    """Ask every form for its token; the API takes no cookies and needs none."""
    return CSRFConfig(
        secret=settings.secret(),
        cookie_name=FORM_COOKIE,
        cookie_httponly=True,
        cookie_samesite="strict",
        cookie_secure=settings.tls,
        exclude=["^/api/"],
    )


def host_guard(settings: Settings) -> Guard:
    """Refuse requests for another name than the server's own.

    A page elsewhere could else point a name of its own at the loopback address and read what this server says
    (DNS rebinding).
    """
    allowed = {host.casefold() for host in settings.hosts}

    def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        del handler
        if _name(connection.headers.get("host", "")) not in allowed:
            raise PermissionDeniedException("host")

    return guard


def _name(host: str) -> str:
    """Give the name that a ``Host`` header holds, without its port; empty where the header cannot be read."""
    try:
        parts = urlsplit(f"//{host}")
        is_plain = parts.username is None and parts.port != 0
    except ValueError:  # brackets that do not match, a port beyond the last
        return ""
    return parts.hostname or "" if is_plain else ""


def token_fits(given: str, cookie: str, settings: Settings) -> bool:
    """Say whether a form carries the token of the browser that sends it.

    For forms with a file: the token stands before the file, and nothing of the file is taken until it is compared.
    """
    length = len(cookie) // 2
    expected = generate_csrf_hash(cookie[:length], settings.secret())
    return hmac.compare_digest(given.encode(), cookie.encode()) and hmac.compare_digest(
        cookie[length:].encode(), expected.encode()
    )
