"""The access log: method, route, status, time. Never an address as it came: someone may have put a structure there."""

import logging
import time

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("drugcontrol.web")


def logged(app: ASGIApp) -> ASGIApp:
    """Write one line for each answer."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = scope.get("path_template") or "(no such page)"
                taken = (time.perf_counter() - begun) * 1000
                LOG.info("%s %s %s %.1f ms", scope.get("method"), route, message["status"], taken)
            await send(message)

        await app(scope, receive, sending)

    return wrapped
