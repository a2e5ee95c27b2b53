"""Who owns a job: whoever has the secret that the browser got with the first upload. There are no accounts."""

import hashlib
import re
import secrets
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from drugcontrol.web.settings import Settings

COOKIE = "drugcontrol-owner"
_YEAR = 31_536_000
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)


def owner_of(request: Request[Any, Any, Any]) -> str:
    """Give the digest of the secret in the browser; empty where it has none."""
    secret = request.cookies.get(COOKIE, "")
    return _digest(secret) if _SECRET.fullmatch(secret) else ""


def owner_or_new(request: Request[Any, Any, Any], settings: Settings) -> tuple[str, list[Cookie]]:
    """Give the owner that the browser is; or make it one, with the cookie that carries its secret."""
    if owner := owner_of(request):
        return owner, []
    secret = secrets.token_urlsafe(32)
    cookie = Cookie(key=COOKIE, value=secret, max_age=_YEAR, httponly=True, samesite="lax", secure=settings.tls)
    return _digest(secret), [cookie]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:40]
