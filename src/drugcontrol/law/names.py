"""Finding substances by name or number, and near misses of a name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from rapidfuzz import fuzz, process

from drugcontrol.codes import customs_digits
from drugcontrol.law.model import Law, Substance

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ω": "omega"}
_PAIR = re.compile(r"(.+) \(([^()]+)\)")
_PRIME = re.compile(r"(?<=[0-9a-z])['’′`]")

_SALT_WORDS = (
    "hydrochloride|dihydrochloride|hcl|hydrobromide|hbr|citrate|dihydrogen citrate|sulfate|sulphate|oxalate|tartrate|"
    "maleate|fumarate|phosphate|mesilate|mesylate|nitrate|sodium|potassium|hydrate|monohydrate|"
    "hydrochlorid|hydrobromid|citrat|sulfat|oxalat|tartrat|maleat|fumarat|phosphat|"
    "clorhidrato|bromhidrato|citrato|sulfato|oxalato|tartrato|maleato|fumarato|fosfato"
)
_SALT_AFTER = re.compile(rf"(.+?)[ -](?:{_SALT_WORDS})")
_SALT_BEFORE = re.compile(rf"(?:{_SALT_WORDS}) de (.+)")
_SALT_ZH_BEFORE = re.compile(r"(?:盐酸|枸橼酸|柠檬酸|硫酸|氢溴酸|草酸|酒石酸|马来酸|富马酸|磷酸)(.+)")
_SALT_ZH_AFTER = re.compile(r"(.+?)(?:盐酸盐|枸橼酸盐|柠檬酸盐|硫酸盐|氢溴酸盐|草酸盐)")


def normal_name(name: str) -> str:
    """Reduce a name to its letters and digits, so that case, spaces, hyphens and Greek letters do not matter.

    Examples
    --------
    >>> normal_name("β-Hydroxy fentanyl") == normal_name("beta-hydroxyfentanyl")
    True
    >>> normal_name("4'-methyl acetyl fentanyl") == normal_name("4-methyl acetyl fentanyl")
    False
    """
    if name.isascii() and "'" not in name and "`" not in name:
        return "".join(filter(str.isalnum, name.lower()))
    text = unicodedata.normalize("NFKC", name).casefold()
    for letter, word in _GREEK.items():
        text = text.replace(letter, word)
    text = _PRIME.sub("prime", text)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(c for c in text if c.isalnum())


def without_salt(name: str) -> str | None:
    """Give the name of the base when a name is that of a salt or hydrate, else None.

    Examples
    --------
    >>> without_salt("fentanyl citrate")
    'fentanyl'
    >>> without_salt("clorhidrato de norfentanilo")
    'norfentanilo'
    """
    text = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    for pattern in (_SALT_AFTER, _SALT_BEFORE, _SALT_ZH_AFTER, _SALT_ZH_BEFORE):
        match = pattern.fullmatch(text)
        if match:
            return match[1].strip()
    return None


@dataclass(frozen=True)
class NameIndex:
    """Names, CAS numbers, keys and customs codes of the registered substances."""

    names: Mapping[str, tuple[Substance, ...]]
    shown: Mapping[str, str]
    cas: Mapping[str, tuple[Substance, ...]]
    inchikeys: Mapping[str, tuple[Substance, ...]]
    customs: Mapping[str, tuple[Substance, ...]]

    @classmethod
    def of(cls, law: Law) -> Self:
        """Index every substance of an edition."""
        names: dict[str, dict[str, Substance]] = defaultdict(dict)
        cas: dict[str, list[Substance]] = defaultdict(list)
        keys: dict[str, list[Substance]] = defaultdict(list)
        customs: dict[str, list[Substance]] = defaultdict(list)
        shown: dict[str, str] = {}
        for substance in law.substances.values():
            for name in _all_names(substance):
                normal = normal_name(name)
                names[normal][substance.id] = substance
                shown.setdefault(normal, name)
            for number in substance.cas:
                cas[number].append(substance)
            if substance.structure is not None:
                keys[substance.structure.inchikey].append(substance)
                keys[substance.structure.inchikey[:14]].append(substance)
            for code in substance.cn_codes:
                digits = customs_digits(code)
                for length in (6, 8) if digits else ():
                    if substance not in customs[(digits or "")[:length]]:
                        customs[(digits or "")[:length]].append(substance)
        return cls(
            {name: tuple(found.values()) for name, found in names.items()},
            shown,
            {number: tuple(found) for number, found in cas.items()},
            {key: tuple(found) for key, found in keys.items()},
            {code: tuple(found) for code, found in customs.items()},
        )

    def by_name(self, name: str) -> tuple[Substance, ...]:
        """Give the substances that have a name, in any language; "name (other name)" where both are names of one.

        Examples
        --------
        >>> from drugcontrol.law import load_law
        >>> [substance.id for substance in NameIndex.of(load_law()).by_name("4-fluoroamphetamine (4-FA)")]
        ['4-fluoroamfetamine']
        """
        found = self.names.get(normal_name(name), ())
        pair = None if found else _PAIR.fullmatch(name.strip())
        if pair is None:
            return found
        one, other = (self.names.get(normal_name(part), ()) for part in pair.groups())
        return one if one == other else ()

    def has(self, name: str) -> bool:
        """Say whether a name is that of a registered substance, or of a salt or hydrate of one."""
        base = without_salt(name)
        return bool(self.by_name(name) or (base and self.by_name(base)))

    def near(self, name: str, at_most: int = 5) -> list[str]:
        """Give the registered names most like a name, best first, each substance once."""
        hits = process.extract(normal_name(name), self.shown.keys(), scorer=fuzz.ratio, score_cutoff=72, limit=20)
        suggestions: dict[str, str] = {}
        for normal, _, _ in hits:
            suggestions.setdefault(self.names[normal][0].id, self.shown[normal])
        return list(suggestions.values())[:at_most]


def _all_names(substance: Substance) -> Iterator[str]:
    yield substance.name
    yield substance.id
    for names in substance.names.values():
        yield from names
    if substance.structure is not None:
        for witness in substance.structure.witnesses:
            if witness.printed and not witness.outvoted:
                yield witness.printed
                if witness.read_as:
                    yield witness.read_as
