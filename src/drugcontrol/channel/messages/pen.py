"""The pre-export notification, the reply to it, and what became of the shipment.

References
----------
The 1988 Convention, article 12(10)(a). The outcome and the arrival are those of 21 CFR 1313 (return information within
30 days); reply periods and simplified notifications those of Regulations (EC) 111/2005 and (EU) 2015/1011.
"""

from typing import Annotated

import msgspec

from drugcontrol.channel.messages import values as v
from drugcontrol.channel.messages.notice import Call
from drugcontrol.channel.messages.parts import (
    Authority,
    Bill,
    FreeText,
    LawAsked,
    LegalStatus,
    Message,
    MessageId,
    Package,
    Part,
    Party,
    Place,
    Quantity,
    Transport,
)
from drugcontrol.channel.messages.rfi import Question


class ExportedSubstance(Part, frozen=True, kw_only=True):
    """One substance of a planned shipment with its legal status."""

    name: str
    label_name: FreeText
    cas: v.Cas = ""
    hs: v.HsCode
    mixture_percent: v.Decimal | None = None
    net: Quantity
    gross: Quantity | None = None
    packages: Annotated[tuple[Package, ...], msgspec.Meta(min_length=1)]
    end_use: FreeText
    yearly_requirement_left: Quantity | None = None
    legal_status: LegalStatus


class ReplyPeriod(Part, frozen=True, kw_only=True):
    """What silence means when the time to reply is over."""

    silence: v.SilenceEffect


class PreExportNotification(Message, frozen=True, kw_only=True, tag_field="type", tag="pen"):
    """A planned shipment, told to the authority of the importing State before it leaves."""

    pen_number: str
    kind: v.PenKind
    scope: v.PenScope
    months: int = 0
    about: MessageId | None = None
    transit_authorities: tuple[Authority, ...] = ()
    parties: Annotated[tuple[Party, ...], msgspec.Meta(min_length=2)]
    law: LawAsked
    substances: Annotated[tuple[ExportedSubstance, ...], msgspec.Meta(min_length=1)]
    export_authorisation: str
    import_authorisation: str = ""
    exit: Place
    entry: Place
    transit: tuple[Call, ...] = ()
    dispatch_on: v.LooseDay
    arrival_on: v.LooseDay = ""
    transport: Transport
    reply: ReplyPeriod
    trade_secret: bool


class Enquiries(Part, frozen=True, kw_only=True):
    """What was done before replying."""

    company_contacted: v.YesNo
    site_visited: v.YesNo
    details: FreeText | None = None


class PenReply(Message, frozen=True, kw_only=True, tag_field="type", tag="pen.reply"):
    """What the importing State says to a notification."""

    about: MessageId
    status: v.PenStatus
    reasons: tuple[v.PenReason, ...] = ()
    explanation: FreeText | None = None
    questions: tuple[Question, ...] = ()
    forward_to: Authority | None = None
    enquiries: Enquiries
    valid_until: v.Day = ""
    conditions: FreeText | None = None
    proposes_notice: bool = False


class PenOutcome(Message, frozen=True, kw_only=True, tag_field="type", tag="pen.outcome"):
    """Whether the shipment left, told by the exporting State within 30 days."""

    about: MessageId
    outcome: v.PenOutcomeCode
    left_on: v.Day = ""
    quantities: tuple[Quantity, ...] = ()
    bills: tuple[Bill, ...] = ()
    reasons: tuple[v.PenReason, ...] = ()
    explanation: FreeText | None = None


class PenArrival(Message, frozen=True, kw_only=True, tag_field="type", tag="pen.arrival"):
    """Whether the shipment arrived, told by the importing State."""

    about: MessageId
    arrival: v.PenArrivalCode
    arrived_on: v.Day = ""
    place: Place | None = None
    quantities: tuple[Quantity, ...] = ()
    discrepancies: tuple[v.PenDiscrepancy, ...] = ()
    explanation: FreeText | None = None
