"""The description of the API as a page, made from the same OpenAPI document that programs read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from litestar import Request, get
from litestar.response import Template

from drugcontrol.web.api.check import MAX_BATCH
from drugcontrol.web.inject import PageWords
from drugcontrol.web.render import origin, page


@dataclass(frozen=True)
class Call:
    """One call: its method and path, what it does, what it takes and gives.

    Parameters and the fields of a body are each a name, whether it is required, and what it means.
    """

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[tuple[str, bool, str], ...]
    body: str
    fields: tuple[tuple[str, bool, str], ...]
    answers: tuple[tuple[str, str, str], ...]


@get("/api", sync_to_thread=True)
def api(request: Request[Any, Any, Any], words: PageWords) -> Template:
    """Show every call of the API."""
    schema = request.app.openapi_schema.to_schema()
    return page(request, "api.html", words, calls=list(_calls(schema)), max_batch=MAX_BATCH, base=f"{origin(request)}/")


def _calls(schema: dict[str, Any]) -> Iterator[Call]:
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            if not isinstance(call, dict):
                continue
            content = call.get("requestBody", {}).get("content", {})
            body = next((_name(media["schema"]) for media in content.values()), "")
            yield Call(
                method=method.upper(),
                path=path,
                summary=call.get("summary", ""),
                description=call.get("description", ""),
                parameters=tuple(
                    (item["name"], item["required"], item.get("description", "")) for item in call.get("parameters", ())
                ),
                body=body,
                fields=_fields(schema["components"]["schemas"].get(body, {})),
                answers=tuple(
                    (status, answer["description"], _answer_name(answer))
                    for status, answer in sorted(call["responses"].items())
                ),
            )


def _fields(described: dict[str, Any]) -> tuple[tuple[str, bool, str], ...]:
    required = described.get("required", ())
    return tuple(
        (name, name in required, field.get("description", ""))
        for name, field in described.get("properties", {}).items()
    )


def _answer_name(answer: dict[str, Any]) -> str:
    return next((_name(media["schema"]) for media in answer.get("content", {}).values()), "")


def _name(schema: dict[str, Any]) -> str:
    if "items" in schema:
        return f"[{_name(schema['items'])}]"
    return str(schema.get("$ref", "").rsplit("/", 1)[-1] or schema.get("type", ""))


HANDLERS = (api,)
