"""The kinds of values that fields of a message have.

A value is text with a form (:mod:`.forms`), or a code of a list (:mod:`.codes`); the walk over a message
(:mod:`.reading`) looks at both, and the JSON Schema names them.
"""

import decimal
from typing import Annotated

import msgspec


def _form(name: str) -> msgspec.Meta:
    return msgspec.Meta(extra={"form": name}, extra_json_schema={"x-form": name})


def _code(name: str) -> msgspec.Meta:
    return msgspec.Meta(extra={"codes": name}, extra_json_schema={"x-codes": name})


Instant = Annotated[str, _form("instant")]
Day = Annotated[str, _form("day")]
LooseDay = Annotated[str, _form("loose-day")]
Country = Annotated[str, _form("country")]
LanguageTag = Annotated[str, _form("language")]
Cas = Annotated[str, _form("cas")]
HsCode = Annotated[str, _form("hs")]
Locode = Annotated[str, _form("locode")]
ImoNumber = Annotated[str, _form("imo")]
ContainerNumber = Annotated[str, _form("container")]
Latitude = Annotated[str, _form("latitude")]
Longitude = Annotated[str, _form("longitude")]
Hash = Annotated[str, _form("sha256")]
Urn = Annotated[str, _form("urn")]
Email = Annotated[str, _form("email")]
Phone = Annotated[str, _form("phone")]
DeadlineRule = Annotated[str, _form("deadline-rule")]
Decimal = Annotated[decimal.Decimal, _form("decimal")]

YesNo = Annotated[str, _code("yes-no-unknown")]
KnownState = Annotated[str, _code("known-state")]
LegalBasis = Annotated[str, _code("legal-basis")]
HandlingCode = Annotated[str, _code("handling")]
OnwardUse = Annotated[str, _code("onward-use")]
DocumentKind = Annotated[str, _code("document-kind")]
Precision = Annotated[str, _code("precision")]
Unit = Annotated[str, _code("unit")]
QuantityBasis = Annotated[str, _code("quantity-basis")]
QuantityMethod = Annotated[str, _code("quantity-method")]
PartyRole = Annotated[str, _code("party-role")]
IdentityDoubt = Annotated[str, _code("identity-doubt")]
NumberKind = Annotated[str, _code("number-kind")]
LawRole = Annotated[str, _code("law-role")]
TransportMode = Annotated[str, _code("transport-mode")]
BillKind = Annotated[str, _code("bill-kind")]
PackageKind = Annotated[str, _code("package-kind")]
ReferenceKind = Annotated[str, _code("reference-kind")]

IncidentKind = Annotated[str, _code("incident-kind")]
SubstanceForm = Annotated[str, _code("substance-form")]
IdentificationState = Annotated[str, _code("identification-state")]
IdentificationMethod = Annotated[str, _code("identification-method")]
BeliefBasis = Annotated[str, _code("belief-basis")]
Confidence = Annotated[str, _code("confidence")]
EquipmentKind = Annotated[str, _code("equipment-kind")]
PaymentMethod = Annotated[str, _code("payment-method")]
Concealment = Annotated[str, _code("concealment-method")]
ActionAsked = Annotated[str, _code("action-asked")]

PenKind = Annotated[str, _code("pen-kind")]
PenScope = Annotated[str, _code("pen-scope")]
SilenceEffect = Annotated[str, _code("silence-effect")]
PenStatus = Annotated[str, _code("pen-status")]
PenReason = Annotated[str, _code("pen-reason")]
PenOutcomeCode = Annotated[str, _code("pen-outcome")]
PenArrivalCode = Annotated[str, _code("pen-arrival")]
PenDiscrepancy = Annotated[str, _code("pen-discrepancy")]

CaseKind = Annotated[str, _code("case-kind")]
Procedure = Annotated[str, _code("procedure")]
QuestionCode = Annotated[str, _code("question")]
AnswerState = Annotated[str, _code("answer-state")]
RefusalReason = Annotated[str, _code("refusal-reason")]
WithdrawalReason = Annotated[str, _code("withdrawal-reason")]
CorrectionReason = Annotated[str, _code("correction-reason")]
ExtensionRole = Annotated[str, _code("extension-role")]
ClosureOutcome = Annotated[str, _code("closure-outcome")]
