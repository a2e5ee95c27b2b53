"""HEAD, which every server of GET answers: as GET, without what follows the headers."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPResponseBodyEvent, Message, Receive, Scope, Send


def answering_head(app: ASGIApp) -> ASGIApp:
    """Answer HEAD as GET, without a body.

    References
    ----------
    RFC 9110, sections 9.1 and 9.3.2.
    """

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.body":
                more = message.get("more_body", False)
                message = HTTPResponseBodyEvent(type="http.response.body", body=b"", more_body=more)
            await send(message)

        await app({**scope, "method": "GET"}, receive, sending)

    return wrapped
