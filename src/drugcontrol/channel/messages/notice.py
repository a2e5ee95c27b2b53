"""The notice of an incident: a seizure, a stopped shipment, a diversion, a laboratory and the like.

References
----------
The 1988 Convention, article 12(9)(c): notify the Parties concerned as soon as possible, "including in particular
information about the means of payment and any other essential elements which led to that belief".
"""

from typing import Annotated

import msgspec

from drugcontrol.channel.messages import values as v
from drugcontrol.channel.messages.parts import (
    FreeText,
    LawAsked,
    LegalStatus,
    Message,
    Moment,
    Package,
    Part,
    Party,
    Place,
    Quantity,
    Transport,
)


class Found(Part, frozen=True, kw_only=True):
    """When, where and in what the goods were found."""

    when: Moment
    place: Place
    mode: v.TransportMode


class Identification(Part, frozen=True, kw_only=True):
    """How surely the substance is known, and by whom."""

    state: v.IdentificationState
    methods: tuple[v.IdentificationMethod, ...] = ()
    laboratory: str = ""
    accreditation: str = ""
    report_number: str = ""
    reported_on: v.Day = ""


class SubstanceLine(Part, frozen=True, kw_only=True):
    """One substance of an incident with its legal status."""

    declared_name: FreeText | None = None
    identified_name: str
    inn: str = ""
    cas: v.Cas = ""
    hs_declared: v.HsCode = ""
    hs_correct: v.HsCode = ""
    form: v.SubstanceForm
    salt_or_ester: str = ""
    mixture_percent: v.Decimal | None = None
    quantity: Quantity
    packages: tuple[Package, ...] = ()
    identification: Identification
    purity_percent: v.Decimal | None = None
    profile: FreeText | None = None
    legal_status: LegalStatus


class Equipment(Part, frozen=True, kw_only=True):
    """Equipment of article 13."""

    kind: v.EquipmentKind
    what: FreeText
    number: int
    maker: str = ""
    serial_numbers: tuple[str, ...] = ()


class Call(Part, frozen=True, kw_only=True):
    """A port or crossing on the way, with the day."""

    place: Place
    on: v.LooseDay = ""


class Origin(Part, frozen=True, kw_only=True):
    """Where the goods are believed to come from and to go, and what that belief rests on."""

    known: v.KnownState
    made_in: v.Country = ""
    dispatched_from: v.Country = ""
    loaded_at: Call | None = None
    transit: tuple[Call, ...] = ()
    discharged_at: Call | None = None
    destination: Place | None = None
    basis: tuple[v.BeliefBasis, ...] = ()
    confidence: v.Confidence = ""
    explanation: FreeText | None = None


class PaymentMeans(Part, frozen=True, kw_only=True):
    """One payment."""

    method: v.PaymentMethod
    provider: str = ""
    account: str = ""
    wallet: str = ""
    chain: str = ""
    amount: v.Decimal | None = None
    currency: Annotated[str, msgspec.Meta(pattern="^([A-Z]{3})?$")] = ""
    paid_on: v.LooseDay = ""
    third_party_payer: str = ""


class Payment(Part, frozen=True, kw_only=True):
    """Means of payment; the treaty names them, so a sender who knows none says that."""

    known: v.KnownState
    means: tuple[PaymentMeans, ...] = ()


class Hiding(Part, frozen=True, kw_only=True):
    """How the goods were concealed or misdeclared."""

    method: v.Concealment
    declared_goods: FreeText | None = None
    declared_value: v.Decimal | None = None
    currency: Annotated[str, msgspec.Meta(pattern="^([A-Z]{3})?$")] = ""
    modus_operandi: FreeText | None = None


class Persons(Part, frozen=True, kw_only=True):
    """Persons held, by number and nationality; names only under a handling code that allows them."""

    held: int
    nationalities: tuple[v.Country, ...] = ()
    named: tuple[str, ...] = ()


class Asked(Part, frozen=True, kw_only=True):
    """What the recipient is asked to do."""

    action: v.ActionAsked
    details: FreeText | None = None


class IncidentNotice(Message, frozen=True, kw_only=True, tag_field="type", tag="notice.incident"):
    """The notice of a seizure or another incident."""

    kind: v.IncidentKind
    found: Found
    law: LawAsked
    substances: tuple[SubstanceLine, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    origin: Origin
    transport: Transport | None = None
    parties: tuple[Party, ...] = ()
    payment: Payment
    hiding: Hiding | None = None
    persons: Persons | None = None
    asked: Annotated[tuple[Asked, ...], msgspec.Meta(min_length=1)]
