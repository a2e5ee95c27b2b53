"""The forms that single values of a message have: each says what is wrong with a text, and the cure."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache

from babel import Locale

from drugcontrol.channel.deadlines import Rule
from drugcontrol.channel.shipping import container_number_holds, imo_number_holds, locode_country
from drugcontrol.codes import cas_check_digit_holds, is_cas_shaped
from drugcontrol.dates import LegalDate
from drugcontrol.errors import UsageError

Fault = tuple[str, str]
"""What is wrong, and the cure."""

_NOT_STATES = frozenset({"EU", "EZ", "QO", "UN", "ZZ", "IC", "EA", "AC", "CP", "CQ", "DG", "TA"})
"""Two-letter codes of CLDR that are no country codes of ISO 3166-1."""

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})")
_DECIMAL = re.compile(r"(0|[1-9]\d*)(\.\d+)?")
_SIGNED = re.compile(r"-?\d{1,3}(\.\d+)?")
_HS = re.compile(r"\d{6,10}")
_HASH = re.compile(r"[0-9a-f]{64}")
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:[A-Za-z0-9()+,.:=@;$_!*'%/?#-]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+[1-9][\d ()-]{5,24}")
_LANGUAGE = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_FICTIONAL = re.compile(r"X[A-Z]|Q[M-Z]|AA")


def fault_of(form: str, text: str) -> Fault | None:
    """Say what is wrong with a text that should have a form; None if nothing is."""
    return _FORMS[form](text)


def is_fictional(country: str) -> bool:
    """Say whether a country code is one that ISO 3166 leaves to users: no State has it, only simulations do."""
    return _FICTIONAL.fullmatch(country) is not None


def instant(text: str) -> datetime:
    """Read an instant that was found in form."""
    return datetime.fromisoformat(text)


@cache
def countries() -> frozenset[str]:
    """Give the country codes of ISO 3166-1, as CLDR has them."""
    codes = {code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)}
    return frozenset(code for code in codes - _NOT_STATES if not is_fictional(code))


@cache
def _languages() -> frozenset[str]:
    return frozenset(map(str, Locale("en").languages))


def _instant(text: str) -> Fault | None:
    cure = "Write date, time and offset as in RFC 3339, for example 2023-03-24T10:30:00-06:00"
    if not _INSTANT.fullmatch(text):
        return f"“{text}” is no instant with an offset", cure
    try:
        instant(text)
    except ValueError:
        return f"“{text}” does not exist in the calendar", cure
    return None


def _day(text: str) -> Fault | None:
    try:
        date.fromisoformat(text)
        exact = len(text) == 10
    except ValueError:
        exact = False
    return None if exact else (f"“{text}” is no calendar day", "Write YYYY-MM-DD, for example 2023-03-24")


def _loose_day(text: str) -> Fault | None:
    try:
        LegalDate.parse(text)
    except ValueError as error:
        return str(error), "Write the day, the month, the year, or bounds in square brackets"
    return None


def _country(text: str) -> Fault | None:
    if text in countries() or is_fictional(text):
        return None
    return f"“{text}” is no country code", "Write the two capital letters of ISO 3166-1, for example MX"


def _language(text: str) -> Fault | None:
    match = _LANGUAGE.fullmatch(text)
    if match and match[1] in _languages():
        return None
    return f"“{text}” is no language tag", "Write a tag of BCP 47, for example en, es-MX or zh-Hans"


def _cas(text: str) -> Fault | None:
    if not is_cas_shaped(text):
        return f"“{text}” is no CAS number", "Write it as on the label, for example 39742-60-4"
    if not cas_check_digit_holds(text):
        return f"The check digit of CAS number {text} is wrong", "Compare it with the label or the report"
    return None


def _locode(text: str) -> Fault | None:
    country = locode_country(text)
    if country is None or not (country in countries() or is_fictional(country)):
        return f"“{text}” is no UN/LOCODE", "Write country and three characters, for example MXLZC"
    return None


def _rule(text: str) -> Fault | None:
    try:
        Rule.parse(text)
    except UsageError as error:
        return error.message.rstrip("."), error.hint
    return None


def _matching(pattern: re.Pattern[str], what: str, cure: str) -> Callable[[str], Fault | None]:
    return lambda text: None if pattern.fullmatch(text) else (f"“{text}” is no {what}", cure)


def _holding(holds: Callable[[str], bool], what: str, cure: str) -> Callable[[str], Fault | None]:
    return lambda text: None if holds(text) else (f"“{text}” is no {what}: form or check digit is wrong", cure)


def _between(low: int, high: int) -> Callable[[str], Fault | None]:
    cure = f"Write degrees with a decimal point, from {low} to {high}"

    def fault(text: str) -> Fault | None:
        inside = _SIGNED.fullmatch(text) and low <= float(text) <= high
        return None if inside else (f"“{text}” is no coordinate", cure)

    return fault


_FORMS: Mapping[str, Callable[[str], Fault | None]] = {
    "instant": _instant,
    "day": _day,
    "loose-day": _loose_day,
    "country": _country,
    "language": _language,
    "cas": _cas,
    "locode": _locode,
    "deadline-rule": _rule,
    "decimal": _matching(
        _DECIMAL, "decimal number", "Write digits with a decimal point, as text: “25.00”, no exponent"
    ),
    "hs": _matching(_HS, "HS code", "Write its 6 to 10 digits without dots"),
    "sha256": _matching(_HASH, "SHA-256 hash", "Write its 64 hexadecimal digits in small letters"),
    "urn": _matching(_URN, "URN", "Write it as urn:dcx:..., for example urn:dcx:authority:XA:customs"),
    "email": _matching(_EMAIL, "e-mail address", "Write it as name@domain"),
    "phone": _matching(_PHONE, "telephone number", "Write it with + and the country code"),
    "imo": _holding(imo_number_holds, "IMO number", "Compare the seven digits with the ship's papers"),
    "container": _holding(
        container_number_holds, "container number", "Compare the four letters and seven digits with the container"
    ),
    "latitude": _between(-90, 90),
    "longitude": _between(-180, 180),
}
