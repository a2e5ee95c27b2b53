"""What the signed header says must be what the content says: the parties, the type, the deadline, the exercise."""

import json
from datetime import datetime
from typing import Any

from drugcontrol.channel.statement import Header
from drugcontrol.errors import ReadError

MEDIA_TYPE = "application/json"


def differing(header: Header, content: bytes) -> list[str]:
    """Give the fields in which a header and its content do not agree.

    Parameters
    ----------
    content : bytes
        A message as JSON; its form is judged elsewhere.

    Raises
    ------
    ReadError
        When the content is no JSON object.
    """
    try:
        message = json.loads(content)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise ReadError("The content is no JSON object.")
    pairs = {
        "media_type": (MEDIA_TYPE, header.media_type),
        "type": (message.get("type"), header.type),
        "simulation": (message.get("simulation"), header.simulation),
        "sender": (_urn(message.get("sender")), header.issuer),
        "recipients": (_urns(message.get("recipients")), [recipient.name for recipient in header.to]),
        "legal_basis": (_joined(message.get("legal_basis")), header.legal_basis),
        "answer_by": (_answer_by(message.get("answer_by")), header.respond_by),
    }
    return [name for name, (said, signed) in pairs.items() if type(said) is not type(signed) or said != signed]


def legal_basis(codes: tuple[str, ...]) -> str:
    """Write the legal basis of a message as its header carries it."""
    return " ".join(codes)


def _urn(value: Any) -> Any:
    return value.get("urn") if isinstance(value, dict) else None


def _urns(value: Any) -> Any:
    return [_urn(item) for item in value] if isinstance(value, list) else None


def _joined(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else None


def _answer_by(value: Any) -> Any:
    """Read the instant of the deadline; False when it cannot be read, which agrees with nothing."""
    if value is None:
        return None
    at = value.get("at") if isinstance(value, dict) else None
    try:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else None
    except ValueError:
        moment = None
    return moment if moment is not None and moment.tzinfo is not None else False
