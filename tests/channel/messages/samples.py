"""SIMULATION. One draft of every type of message, between authorities that do not exist."""

import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from drugcontrol.channel.messages import Message, encode, prepare
from drugcontrol.channel.workdays import WorkCalendar
from drugcontrol.check.status import Checker
from drugcontrol.law.yamlfile import LinedFile

EXAMPLES = Path(__file__).parents[3] / "examples" / "channel"
ISSUED = datetime(2023, 3, 30, 15, tzinfo=UTC)
CALENDARS = {"XB": WorkCalendar.read(EXAMPLES / "calendar-xb.yaml")}
ID = "ab" * 32


def text(words: str, lang: str = "en") -> dict[str, str]:
    return {"lang": lang, "text": words}


COMMON: dict[str, Any] = {
    "simulation": True,
    "title": [text("SIMULATION - a message")],
    "reference": "XA-1",
    "legal_basis": ["1988-9"],
    "sender": {"urn": "urn:dcx:authority:XA:office", "name": "Office of XA", "country": "XA"},
    "recipients": [{"urn": "urn:dcx:authority:XB:office", "name": "Office of XB", "country": "XB"}],
    "officer": {"unit": "Duty desk", "phone": "+999 555 0100", "languages": ["es", "en"]},
    "handling": {"code": "authorities-only", "onward_use": "not-allowed", "investigation_ongoing": "no"},
}
ANSWER_BY = {"rule": "P10WD@XB", "zone": "Asia/Shanghai"}
QUANTITY = {"value": "25.00", "unit": "kg", "basis": "net", "method": "weighed"}
PLACE = {"country": "XB", "name": "Port Two", "locode": "XBPRT", "free_zone": "yes"}
PARTY = {"role": "exporter", "name": "Exporter", "country": "XA", "address": "1 Street", "identity_doubt": "none"}
ABOUT = {"message_id": ID}

DRAFTS: dict[str, dict[str, Any]] = {
    "notice.incident": LinedFile(EXAMPLES / "seizure-notice.yaml").content,
    "pen": {
        "answer_by": ANSWER_BY,
        "pen_number": "PEN-1",
        "kind": "single",
        "scope": "article-12",
        "parties": [PARTY, {**PARTY, "role": "importer", "country": "XB"}],
        "law": {
            "as_of": "2023-03-24",
            "places": [
                {"role": "exporting", "place": "MX"},
                {"role": "importing", "place": "CN"},
                {"role": "conventions", "place": "UN"},
            ],
        },
        "substances": [
            {
                "name": "acetic anhydride",
                "label_name": text("Acetic anhydride"),
                "cas": "108-24-7",
                "hs": "291524",
                "net": QUANTITY,
                "gross": {**QUANTITY, "basis": "gross"},
                "packages": [{"kind": "drum", "number": 1}],
                "end_use": text("Cellulose acetate"),
            }
        ],
        "export_authorisation": "EXP-1",
        "exit": {**PLACE, "country": "XA", "locode": "XAPRT"},
        "entry": PLACE,
        "dispatch_on": "2023-05-01",
        "arrival_on": "2023-05",
        "transport": {"mode": "sea-container"},
        "reply": {"silence": "may-not-proceed"},
        "trade_secret": False,
    },
    "pen.reply": {
        "about": ABOUT,
        "status": "object",
        "reasons": ["importer-denies-order"],
        "enquiries": {"company_contacted": "yes", "site_visited": "no"},
        "proposes_notice": True,
    },
    "pen.outcome": {"about": ABOUT, "outcome": "left", "left_on": "2023-05-02", "quantities": [QUANTITY]},
    "pen.arrival": {
        "about": ABOUT,
        "arrival": "arrived-with-discrepancy",
        "arrived_on": "2023-05-20",
        "place": PLACE,
        "quantities": [QUANTITY],
        "discrepancies": ["quantity"],
    },
    "rfi": {
        "answer_by": {"rule": "PT72H", "zone": ""},
        "procedure": "information",
        "urgency_reason": text("A ship leaves on Friday"),
        "subject": text("Shipments"),
        "nature": "customs",
        "facts": text("A container was stopped"),
        "purpose": text("To find the manufacturer"),
        "link_to_purpose": text("The exporter is on the bill"),
        "why_held": text("The exporter is registered in XB"),
        "questions": [
            {"number": "1", "code": "Q01", "parameters": [{"name": "company", "value": "Exporter One"}]},
            {
                "number": "2",
                "code": "Q03",
                "parameters": [
                    {"name": "country_from", "value": "XB"},
                    {"name": "country_to", "value": "XA"},
                    {"name": "hs", "value": "293339"},
                    {"name": "first_day", "value": "2023-01-01"},
                    {"name": "last_day", "value": "2023-03-24"},
                ],
            },
        ],
        "languages": ["en"],
        "onward_use_asked": "police-use",
    },
    "rfi.reply": {
        "about": ABOUT,
        "answers": [
            {"number": "1", "state": "answered", "answer": text("Yes"), "court_use": "no"},
            {
                "number": "2",
                "state": "none-held",
                "search": {"scope": text("Export declarations"), "on": "2023-04-03"},
                "court_use": "no",
            },
            {"number": "3", "state": "partial", "answer": text("A"), "missing": text("B"), "court_use": "yes"},
            {"number": "4", "state": "refused", "refusal": "ongoing-case", "court_use": "no"},
            {"number": "5", "state": "postponed", "postponed_until": "2023-06-01T00:00:00Z", "court_use": "no"},
        ],
    },
    "extend": {
        "about": ABOUT,
        "role": "proposed",
        "old": {"rule": "P15D", "at": "2023-04-14T16:00:00Z"},
        "new": {"rule": "P15D", "at": "2023-04-29T16:00:00Z"},
        "reason": text("The laboratory needs more time"),
    },
    "correction": {
        "about": ABOUT,
        "reason": "laboratory-result",
        "changes": [{"field": "substances[0].quantity.value", "was": "25.00", "now": "24.80"}],
    },
    "withdrawal": {"about": ABOUT, "reason": "sent-in-error", "explanation": text("Sent twice")},
    "closure": {"about": ABOUT, "outcome": "acted-on", "closed_on": "2023-06-01"},
}


def draft(kind: str) -> dict[str, Any]:
    """Give a draft of a type, to be changed at will."""
    return copy.deepcopy({"type": kind, **(COMMON if kind != "notice.incident" else {}), **DRAFTS[kind]})


def message(kind: str, checker: Checker) -> Message:
    return prepare(draft(kind), checker, ISSUED, CALENDARS).message


def payload(kind: str, checker: Checker) -> bytes:
    return encode(message(kind, checker))


def put(content: Any, path: str, value: Any) -> None:
    """Put a value at a path such as ``substances[0].cas``; None takes it out."""
    steps = [int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")]
    for step in steps[:-1]:
        content = content[step]
    if value is None:
        del content[steps[-1]]
    else:
        content[steps[-1]] = value
