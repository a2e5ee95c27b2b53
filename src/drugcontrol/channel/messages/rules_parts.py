"""Rules of the common parts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from drugcontrol.channel.deadlines import Rule
from drugcontrol.channel.messages.forms import countries, is_fictional
from drugcontrol.channel.messages.parts import (
    AnswerBy,
    LawAsked,
    LegalStatus,
    Message,
    Package,
    Place,
    Quantity,
)
from drugcontrol.channel.shipping import locode_country
from drugcontrol.errors import UsageError

Problems = Iterator[tuple[str, str, str]]

SIMULATION = "SIMULATION"
"""First word of the title of an exercise, in every language."""


def place(part: Place) -> Problems:
    """Check that code, country and coordinates of a place agree."""
    country = locode_country(part.locode)
    if country and country != part.country:
        what = f"The code lies in {country}, the country is {part.country}"
        yield "locode", what, "Find out which is right"
    if bool(part.latitude) != bool(part.longitude):
        missing = "longitude" if part.latitude else "latitude"
        yield missing, "It is missing, and the other coordinate is given", "Write both or none"


def quantity(part: Quantity) -> Problems:
    """Check that there is some."""
    if part.value == 0:
        yield "value", "The quantity is nothing", "Write how much; leave the line out if there was none"


def package(part: Package) -> Problems:
    """Check that there is at least one."""
    if part.number < 1:
        yield "number", "There are no packages", "Write how many, 1 or more"


def answer_by(part: AnswerBy) -> Problems:
    """Check that a deadline in working days names the calendar that was counted, and only such a one."""
    try:
        working = Rule.parse(part.rule).unit == "working days"
    except UsageError:
        return
    if working and not part.calendar_digest:
        yield (
            "calendar_digest",
            "It is missing, and the rule counts working days",
            "Let the program compute the deadline",
        )
    if part.calendar_digest and not working:
        yield "calendar_digest", "It is given, and the rule counts no working days", "Leave it out"


def legal_status(part: LegalStatus) -> Problems:
    """Check that the answers of the law engine are there exactly if it knew the substance."""
    if bool(part.recognised) != bool(part.places):
        yield "places", "Answers and recognised substance do not go together", "Let the law engine fill this in"


def law_asked(part: LawAsked) -> Problems:
    """Check that every place can be asked about, once."""
    seen = set()
    for index, asked in enumerate(part.places):
        if not (asked.place in countries() | {"UN", "EU"} or is_fictional(asked.place)):
            what = f"“{asked.place}” is no place with a law"
            yield f"places[{index}].place", what, "Write a country code of ISO 3166, EU or UN"
        if asked.place in seen:
            yield f"places[{index}].place", f"{asked.place} is given twice", "Keep one of them"
        if (asked.role == "conventions") != (asked.place == "UN"):
            what = "The conventions are asked about as UN, and UN only as them"
            yield f"places[{index}].role", what, "Write role conventions with place UN"
        seen.add(asked.place)


def message(part: Message) -> Problems:
    """Check what holds for every message."""
    yield from _simulation(part)
    recipients = [recipient.urn for recipient in part.recipients]
    for index, urn in enumerate(recipients):
        if urn == part.sender.urn:
            yield f"recipients[{index}].urn", "The sender is a recipient", "Name the authority to which it goes"
        if urn in recipients[:index]:
            yield f"recipients[{index}].urn", "This authority is named twice", "Keep one of them"
    if {"bilateral", "other"} & set(part.legal_basis) and part.legal_basis_text is None:
        yield "legal_basis_text", "It is missing, and the basis is no article that a code names", "Name the agreement"


def _simulation(part: Message) -> Problems:
    for index, title in enumerate(part.title):
        if title.text.startswith(SIMULATION) != part.simulation:
            what = f"The title {'does not begin' if part.simulation else 'begins'} with {SIMULATION}"
            cure = "Put it in front" if part.simulation else "Say simulation: true, or leave the word out"
            yield f"title[{index}].text", what, cure
    for path, country in _countries(part, ""):
        if part.simulation and not is_fictional(country):
            what = f"{country} is a real country; no act of a real State is made up"
            yield path, what, "In a simulation write a code that no State has: XA, XB, XC ..."
        elif not part.simulation and is_fictional(country):
            yield path, f"{country} is the code of no State", "Write the code of ISO 3166, or say simulation: true"


def _countries(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Give every country that takes part; the places of which the law is asked are not among them."""
    if isinstance(value, LawAsked | LegalStatus):
        return
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _countries(item, f"{path}[{index}]")
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            inner = f"{path}.{name}" if path else name
            item = getattr(value, name)
            if name in COUNTRY_FIELDS and isinstance(item, str):
                yield from [(inner, item)] if item else []
            elif name == "nationalities":
                yield from ((f"{inner}[{index}]", code) for index, code in enumerate(item))
            else:
                yield from _countries(item, inner)


COUNTRY_FIELDS = frozenset({"country", "made_in", "dispatched_from", "nationality"})


def status_lines(law: LawAsked, lines: Iterable[LegalStatus]) -> Problems:
    """Check that every substance line answers for the day and the places that the message asks about."""
    asked = [item.place for item in law.places]
    editions = set()
    for index, line in enumerate(lines):
        editions.add(line.edition)
        field = f"substances[{index}].legal_status"
        if line.places and [item.place for item in line.places] != asked:
            yield field, "It answers for other places than the message asks about", "Let the law engine fill this in"
        if any(item.as_of != law.as_of for item in line.places):
            yield field, f"It answers for another day than {law.as_of}", "Let the law engine fill this in"
        if len(editions) > 1:
            yield (
                field,
                "It comes from another edition of the law than the lines before",
                "Let the law engine fill it in",
            )


def roles_needed(law: LawAsked, roles: Iterable[str]) -> Problems:
    """Check that both States and the conventions are asked about."""
    given = [item.role for item in law.places]
    for role in roles:
        if role not in given:
            yield (
                "law.places",
                f"No place with the role {role} is asked about",
                "Add it: both States and the conventions",
            )


def law_of(part: Any, role: str, states: Iterable[str]) -> Problems:
    """Check that the law asked about is that of the State that takes part; a simulation borrows the law of another."""
    wanted = [state for state in states if state]
    for index, item in enumerate(part.law.places):
        if item.role == role and wanted and not part.simulation and item.place not in wanted:
            what = f"The law asked about is of {item.place}, the {role} State is {' or '.join(wanted)}"
            yield f"law.places[{index}].place", what, "Ask about its law"


def answer_needed(part: Message) -> Problems:
    """Check that a message that asks something says by when."""
    if part.answer_by is None:
        yield "answer_by", "It is missing, and this message asks for an answer", "Give a rule, for example P10WD@XB"


def percent(value: Any, field: str) -> Problems:
    """Check that a share is one."""
    if value is not None and not 0 < value <= 100:
        yield field, f"{value} is no share in percent", "Write a number above 0, up to 100"


def exact_day(text: str) -> date | None:
    """Give a day that is written exactly, else None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


RULES: Mapping[type, tuple[Any, ...]] = {
    Place: (place,),
    Quantity: (quantity,),
    Package: (package,),
    AnswerBy: (answer_by,),
    LegalStatus: (legal_status,),
    LawAsked: (law_asked,),
}
