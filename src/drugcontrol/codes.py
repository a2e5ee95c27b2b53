"""Numbers and keys by which chemicals are known: CAS, HS/CN, InChIKey. Standard library only."""

import re

_CAS = re.compile(r"(\d{2,7})-(\d{2})-(\d)")
_INCHIKEY = re.compile(r"[A-Z]{14}-[A-Z]{10}-[A-Z]")
_CUSTOMS = re.compile(r"(?:ex\s*)?(\d{4})[ .]?(\d{2})(?:[ .]?(\d{2}))?(?:[ .]?\d{2})?")


def is_cas_shaped(text: str) -> bool:
    """Say whether text looks like a CAS number; the check digit is not looked at."""
    return _CAS.fullmatch(text) is not None


def cas_check_digit_holds(text: str) -> bool:
    """Say whether the last digit of a CAS number is the one that the others give.

    Notes
    -----
    The digits before the last, counted from the right, are multiplied by 1, 2, 3 ...; the sum modulo 10 is the check
    digit (CAS, "Check Digit Verification of CAS Registry Numbers").
    """
    match = _CAS.fullmatch(text)
    if match is None:
        return False
    digits = (match[1] + match[2])[::-1]
    return sum(place * int(digit) for place, digit in enumerate(digits, start=1)) % 10 == int(match[3])


def is_inchikey(text: str) -> bool:
    """Say whether text has the form of an InChIKey."""
    return _INCHIKEY.fullmatch(text) is not None


def customs_digits(text: str) -> str | None:
    """Give the 6 or 8 digits of an HS or Combined Nomenclature code, or None if text is no such code."""
    match = _CUSTOMS.fullmatch(text.strip())
    return "".join(part for part in match.groups() if part) if match else None
