"""SIMULATION. Offices of XA, XB and XC, which are no States, with directories of their own and a clock in 2023."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from drugcontrol.channel import receiving
from drugcontrol.channel.authority import Authority, add_peer, init_authority
from drugcontrol.channel.exchange import Exchange
from drugcontrol.channel.messages import encode, prepare
from drugcontrol.channel.sending import sign_message
from drugcontrol.check.status import Checker
from tests.channel.messages.samples import CALENDARS, draft

START = datetime(2023, 3, 1, tzinfo=UTC)
NOW = datetime(2023, 3, 30, 15, tzinfo=UTC)


def urn(country: str) -> str:
    return f"urn:dcx:authority:{country}:office"


def hours(number: float) -> datetime:
    return NOW + timedelta(hours=number)


def office(directory: Path, country: str, name: str = "") -> Authority:
    return init_authority(directory / (name or country), urn(country), country, True, START)


def offices(directory: Path, *countries: str) -> list[Authority]:
    """Make offices that are peers of one another."""
    made = [office(directory, country) for country in countries]
    for one in made:
        for other in made:
            if one is not other:
                add_peer(one, other.history)
    return made


def payload(kind: str, checker: Checker, now: datetime = NOW, **changes: Any) -> bytes:
    content = draft(kind)
    if kind == "notice.incident":
        content["sender"]["urn"], content["recipients"][0]["urn"] = urn("XA"), urn("XB")
    return encode(prepare({**content, **changes}, checker, now, CALENDARS).message)


def party(country: str) -> dict[str, str]:
    return {"urn": urn(country), "name": f"Office of {country}", "country": country}


def reply(kind: str, about: bytes, checker: Checker, now: datetime, **changes: Any) -> bytes:
    """Write an answer of XB to XA."""
    named = {"about": {"message_id": about.hex()}, "sender": party("XB"), "recipients": [party("XA")]}
    return payload(kind, checker, now, **named, **changes)


def request(xa: Authority, checker: Checker, now: datetime = NOW) -> Exchange:
    """Sign a request for information of XA to XB."""
    return sign_message(xa, payload("rfi", checker, now), checker, now)


def answered(xa: Authority, xb: Authority, checker: Checker, now: datetime = NOW) -> Exchange:
    """Play a whole exchange: request, receipt, opening, answer, its receipt."""
    asked = request(xa, checker, now)
    receiving.receive(xb, asked, now + timedelta(minutes=1))
    receiving.open_message(xb, asked.message_id, "Officer One", now + timedelta(minutes=2))
    later = now + timedelta(minutes=3)
    said = sign_message(xb, reply("closure", asked.message_id, checker, later), checker, later)
    receiving.receive(xa, said, now + timedelta(minutes=4))
    return asked
