"""Recognising what was asked: name, CAS number, customs code, InChIKey, SMILES, InChI or molfile."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from drugcontrol.chem import Molecule, read_inchi, read_molfile, read_smiles
from drugcontrol.codes import cas_check_digit_holds, customs_digits, is_cas_shaped, is_inchikey
from drugcontrol.errors import AmbiguousName, StructureError, UnknownName, UsageError
from drugcontrol.law import Substance
from drugcontrol.law.names import NameIndex, without_salt

ReadAs = Literal["name", "cas", "customs_code", "inchikey", "smiles", "inchi", "molfile"]

_BARE_LETTERS = re.compile(r"[A-Za-z]{1,6}")
_PLAIN_CHAIN = re.compile(r"(?:Cl|Br|[CONcon])+")
_BROKEN_SMILES = re.compile(r"=[CNOcno(\[]|#[CN]|\[[A-Za-z0-9@+-]+\]|[CNOcno]\d[CNOcno(]")

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_NUMBER_WORD = re.compile(r"^(?:CAS(?:\s*(?:No\.?|RN|号))?|HS|CN|NC)[\s:]+(?=\d)", re.IGNORECASE)

MAX_NAME = 300
"""Characters beyond which a text without spaces is taken for a structure."""


@dataclass(frozen=True)
class Identified:
    """What was asked, as it was read.

    Attributes
    ----------
    substance : Substance or None
        Set when a registered substance was named.
    molecule : Molecule or None
        Set when a structure was given.
    salt : bool
        The name was that of a salt or hydrate of the substance.
    stereo_known : bool
        False when an InChIKey agrees in the connection block only.
    """

    text: str
    read_as: ReadAs
    substance: Substance | None = None
    molecule: Molecule | None = None
    salt: bool = False
    stereo_known: bool = True


def identify(text: str, names: NameIndex, read_as: ReadAs | None = None) -> Identified:
    """Recognise a substance.

    Parameters
    ----------
    text : str
        A name in any language held, CAS number, HS or CN code, InChIKey, SMILES, InChI or molfile.
    read_as : ReadAs, optional
        Read the text as this and nothing else.

    Raises
    ------
    UnknownName
        With near misses, when no registered substance is meant and the text is no structure.
    AmbiguousName
        When several registered substances are meant.
    StructureError
        When the text was to be read as a structure and is none.
    """
    stripped = _stripped(text)
    if not stripped:
        hint = "Give a name, a CAS number, a customs code or a structure."
        raise UsageError("The question is empty.", hint, code="empty", field="text")
    match read_as or _form(text, stripped, names):
        case "molfile":
            return Identified("", "molfile", molecule=read_molfile(text))
        case "inchi":
            return Identified("", "inchi", molecule=read_inchi(stripped))
        case "smiles":
            return Identified("", "smiles", molecule=read_smiles(stripped))
        case "inchikey":
            return _by_inchikey(stripped, names)
        case "cas":
            return _by_cas(stripped, names)
        case "customs_code":
            return _by_customs_code(stripped, names)
        case "name":
            return _by_name(stripped, names)


def is_a_name(text: str, names: NameIndex) -> bool:
    """Say whether a text names a registered substance, without looking for near misses."""
    return names.has(_stripped(text))


def _stripped(text: str) -> str:
    return _NUMBER_WORD.sub("", unicodedata.normalize("NFKC", text).translate(_DASHES).strip())


def _form(text: str, stripped: str, names: NameIndex) -> ReadAs:
    if "M  END" in text or "V2000" in text or "V3000" in text:
        return "molfile"
    if stripped.startswith("InChI="):
        return "inchi"
    if is_inchikey(stripped):
        return "inchikey"
    if is_cas_shaped(stripped):
        return "cas"
    if names.by_name(stripped):
        return "name"
    if customs_digits(stripped) is not None:
        return "customs_code"
    first, *others = stripped.split()
    if others and len(first) > 4 and not names.by_name(first) and _is_smiles(first):
        hint = "Give the structure alone; use “screen” for a file."
        raise UsageError("There is text behind the structure.", hint, code="text_behind_structure", field="text")
    return "smiles" if _is_smiles(stripped) else "name"


def _is_smiles(text: str) -> bool:
    if any(c.isspace() for c in text) or not text.isascii():
        return False
    if _BARE_LETTERS.fullmatch(text) and not _PLAIN_CHAIN.fullmatch(text):
        return False  # "PCP" is a chain of three atoms as SMILES, and the name of something else to people
    if len(text) > MAX_NAME or _BROKEN_SMILES.search(text):
        return True  # no name looks like this; reading it says what is wrong with it
    try:
        read_smiles(text)
    except StructureError:
        return False
    return True


def _by_name(text: str, names: NameIndex) -> Identified:
    found = names.by_name(text)
    base = without_salt(text)
    if not found and base:
        found = names.by_name(base)
        if found:
            return Identified(text, "name", substance=_only(found, text), salt=True)
    if not found:
        raise _unknown(text, names)
    return Identified(text, "name", substance=_only(found, text))


def _by_cas(text: str, names: NameIndex) -> Identified:
    if not is_cas_shaped(text):
        raise UsageError("This is no CAS number.", "Write it as 437-38-7.", code="cas_form", field="text")
    if not cas_check_digit_holds(text):
        message = f"{text} is no CAS number: the check digit is wrong."
        raise UsageError(message, "Compare it with the label.", code="cas_check_digit", field="text")
    if text not in names.cas:
        raise UnknownName(
            f"No registered substance has the CAS number {text}.",
            "This is no clearance: salts, isomers and isotopes have numbers of their own. Ask by name or structure.",
            code="unknown_cas",
        )
    return Identified(text, "cas", substance=_only(names.cas[text], text))


def _by_customs_code(text: str, names: NameIndex) -> Identified:
    digits = customs_digits(text) or ""
    found = names.customs.get(digits, ())
    if not found:
        raise UnknownName(
            f"No registered substance is held under customs code {text}.",
            "This is no clearance: codes are held for precursors only. Ask by name, CAS number or structure.",
            code="unknown_customs_code",
        )
    return Identified(text, "customs_code", substance=_only(found, text))


def _by_inchikey(text: str, names: NameIndex) -> Identified:
    exact = names.inchikeys.get(text, ())
    found = exact or names.inchikeys.get(text[:14], ())
    if not found:
        raise UnknownName(
            f"No registered substance has the InChIKey {text}.",
            "This is no clearance: the key of a salt differs in every block. Give the structure itself.",
            code="unknown_inchikey",
        )
    substance = _only(found, text)
    flat = substance.structure is not None and substance.structure.stereo == "none"
    return Identified(text, "inchikey", substance=substance, stereo_known=bool(exact) or flat)


def _only(found: tuple[Substance, ...], text: str) -> Substance:
    if len(found) > 1:
        listed = [substance.name for substance in found]
        raise AmbiguousName(
            f"“{text}” stands for {len(found)} registered substances: {', '.join(listed)}.",
            "Ask for one by name.",
            listed,
        )
    return found[0]


def _unknown(text: str, names: NameIndex) -> UnknownName:
    near = names.near(text)
    hint = f"Did you mean {', '.join(near)}?" if near else "Ask by CAS number or structure."
    return UnknownName("No registered substance has that name. This is no clearance.", hint, near)
