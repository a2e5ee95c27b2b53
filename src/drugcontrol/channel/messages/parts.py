"""The parts that messages have in common. A field without a default is mandatory; ``""``, ``()`` and None say nothing.

References
----------
The 1988 Convention: article 12(10)(a), the items of a notification; 12(9)(c), means of payment; 18, free trade zones.
``docs/channel-messages.md`` says of each mandatory field where it comes from.
"""

from typing import Annotated

import msgspec

from drugcontrol.channel.messages import values as v
from drugcontrol.check.status import PlaceStatus


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all parts of a message: immutable, unknown keys refused, what is not said is not written."""


class FreeText(Part, frozen=True, kw_only=True):
    """Text for people with its language (BCP 47)."""

    lang: v.LanguageTag
    text: str


class Moment(Part, frozen=True, kw_only=True):
    """A time of day with its offset (RFC 3339), and how exactly it is known."""

    at: v.Instant
    precision: v.Precision


class Quantity(Part, frozen=True, kw_only=True):
    """How much: a decimal number as text, a unit of UCUM, what was measured and how."""

    value: v.Decimal
    unit: v.Unit
    basis: v.QuantityBasis
    method: v.QuantityMethod


class Place(Part, frozen=True, kw_only=True):
    """A place; article 18 of the 1988 Convention is why the free zone must be said."""

    country: v.Country
    name: str
    locode: v.Locode = ""
    latitude: v.Latitude = ""
    longitude: v.Longitude = ""
    border_point: str = ""
    free_zone: v.YesNo


class RegistrationNumber(Part, frozen=True, kw_only=True):
    """A licence, registration, tax or permit number and the State that gave it."""

    kind: v.NumberKind
    value: str
    country: v.Country


class Party(Part, frozen=True, kw_only=True):
    """A company or person in a transaction."""

    role: v.PartyRole
    name: str
    original_name: FreeText | None = None
    aliases: tuple[str, ...] = ()
    address: str = ""
    country: v.Country = ""
    numbers: tuple[RegistrationNumber, ...] = ()
    phones: tuple[v.Phone, ...] = ()
    emails: tuple[v.Email, ...] = ()
    domains: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    identity_doubt: v.IdentityDoubt


class Package(Part, frozen=True, kw_only=True):
    """How goods are packed: number and kind of packages, marks, lots, seals."""

    kind: v.PackageKind
    number: int
    each_holds: Quantity | None = None
    marks: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()


class Container(Part, frozen=True, kw_only=True):
    """A freight container (ISO 6346) and its seals."""

    number: v.ContainerNumber
    seals: tuple[str, ...] = ()


class Bill(Part, frozen=True, kw_only=True):
    """A transport document: bill of lading, air waybill, CN 23 or tracking number."""

    kind: v.BillKind
    number: str


class Transport(Part, frozen=True, kw_only=True):
    """What carried the goods, or is to."""

    mode: v.TransportMode
    vessel: str = ""
    imo: v.ImoNumber = ""
    voyage: str = ""
    flight: str = ""
    vehicle: str = ""
    containers: tuple[Container, ...] = ()
    bills: tuple[Bill, ...] = ()
    carrier: str = ""
    forwarder: str = ""
    consolidator: str = ""


class Document(Part, frozen=True, kw_only=True):
    """A file that goes with the message, by its hash."""

    kind: v.DocumentKind
    name: str
    media_type: str
    sha256: v.Hash
    size: int


class Reference(Part, frozen=True, kw_only=True):
    """A number under which the matter is known elsewhere."""

    kind: v.ReferenceKind
    value: str


class LegalStatus(Part, frozen=True, kw_only=True):
    """What the law engine says of a substance line: no person writes here, and the recipient can compute it again.

    Attributes
    ----------
    asked : str
        Name or CAS number with which the engine was asked.
    recognised : str
        Name of the registered substance; empty when none has that name: then nothing is decided anywhere.
    edition : str
        Version and digest of the law data.
    places : tuple of PlaceStatus
        One for each place of the message's ``law``; empty when the substance was not recognised.
    """

    asked: str
    recognised: str = ""
    edition: str
    places: tuple[PlaceStatus, ...] = ()


class LawPlace(Part, frozen=True, kw_only=True):
    """A place whose law is asked about: ISO 3166 code, ``EU`` or ``UN``, and why."""

    role: v.LawRole
    place: str


class LawAsked(Part, frozen=True, kw_only=True):
    """On which day and for which places every substance line carries its legal status."""

    as_of: v.Day
    places: Annotated[tuple[LawPlace, ...], msgspec.Meta(min_length=1)]


class Authority(Part, frozen=True, kw_only=True):
    """A competent authority."""

    urn: v.Urn
    name: str
    original_name: FreeText | None = None
    country: v.Country


class Officer(Part, frozen=True, kw_only=True):
    """Who is in charge: unit, duty contact at any hour, languages, another channel."""

    unit: str
    name: str = ""
    role: str = ""
    phone: v.Phone
    email: v.Email = ""
    languages: Annotated[tuple[v.LanguageTag, ...], msgspec.Meta(min_length=1)]
    other_channel: str = ""


class Handling(Part, frozen=True, kw_only=True):
    """What the recipient may do with the message."""

    code: v.HandlingCode
    onward_use: v.OnwardUse
    investigation_ongoing: v.YesNo
    do_not_contact: tuple[str, ...] = ()
    classification: str = ""
    keep_until: v.Day = ""
    conditions: FreeText | None = None


class AnswerBy(Part, frozen=True, kw_only=True):
    """By when an answer is asked for: the instant, the rule that gave it, and the digest of the calendar counted."""

    rule: v.DeadlineRule
    at: v.Instant
    calendar_digest: v.Hash = ""


class MessageId(Part, frozen=True, kw_only=True):
    """Another message, by the SHA-256 that names it."""

    message_id: v.Hash


class Message(Part, frozen=True, kw_only=True):
    """What every payload says besides its own matter; the signed header stands outside.

    Attributes
    ----------
    simulation : bool
        True in exercises: then only countries that do not exist take part, and the title begins with SIMULATION.
    recipients : tuple of Authority
        Named inside the signature, so that the message cannot be passed on as if it were meant for another.
    reference : str
        The sender's own number of the case.
    """

    simulation: bool
    schema_version: Annotated[str, msgspec.Meta(pattern="^1$")]
    title: Annotated[tuple[FreeText, ...], msgspec.Meta(min_length=1)]
    reference: str
    legal_basis: Annotated[tuple[v.LegalBasis, ...], msgspec.Meta(min_length=1)]
    legal_basis_text: FreeText | None = None
    sender: Authority
    recipients: Annotated[tuple[Authority, ...], msgspec.Meta(min_length=1)]
    officer: Officer
    handling: Handling
    answer_by: AnswerBy | None = None
    related: tuple[Reference, ...] = ()
    documents: tuple[Document, ...] = ()
    remarks: FreeText | None = None
