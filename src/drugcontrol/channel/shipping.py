"""Numbers on ships, containers and places: check digits and forms. Standard library only."""

import re

_CONTAINER = re.compile(r"([A-Z]{3}[UJZ])(\d{6})(\d)")
_IMO = re.compile(r"(?:IMO ?)?(\d{6})(\d)")
_LOCODE = re.compile(r"([A-Z]{2}) ?([A-Z2-9]{3})")


def container_number_holds(text: str) -> bool:
    """Say whether text is a freight container number whose check digit holds, for example ``CSQU3054383``.

    References
    ----------
    ISO 6346: letters have the values 10 to 38 without the multiples of 11; each is weighted by a power of two; the sum
    modulo 11, and that modulo 10, is the check digit.
    """
    match = _CONTAINER.fullmatch(text)
    if match is None:
        return False
    total = sum(_value(character) << place for place, character in enumerate(match[1] + match[2]))
    return total % 11 % 10 == int(match[3])


def imo_number_holds(text: str) -> bool:
    """Say whether text is an IMO ship number whose check digit holds, for example ``IMO 9074729``.

    References
    ----------
    IMO resolution A.1117(30): the first six digits times 7, 6, 5, 4, 3, 2; the last digit of the sum is the seventh.
    """
    match = _IMO.fullmatch(text)
    if match is None:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(range(7, 1, -1), match[1], strict=True))
    return total % 10 == int(match[2])


def locode_country(text: str) -> str | None:
    """Give the country of a UN/LOCODE (``MXLZC``, ``MX LZC``), or None if text has not that form.

    Notes
    -----
    The form only; whether the place is in the list of the United Nations is not looked up.
    """
    match = _LOCODE.fullmatch(text)
    return match[1] if match else None


def _value(character: str) -> int:
    if character.isdigit():
        return int(character)
    value = ord(character) - ord("A") + 10
    return value + (value - 1) // 10
