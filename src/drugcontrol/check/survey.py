"""Registered substances in bulk: the answer of each for a place and a day. Never structures: this is no search."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from drugcontrol.check.answer import Checker
from drugcontrol.check.findings import Asked, Recognised
from drugcontrol.check.identify import Identified
from drugcontrol.check.verdict import Verdict
from drugcontrol.law import Substance
from drugcontrol.law.rows import Family


@dataclass
class Survey:
    """The registered substances of an edition, each recognised once, asked about many places and days."""

    checker: Checker
    _recognised: dict[tuple[str, bool, bool], Recognised] = field(default_factory=dict)

    def substances(self, family: Family | None = None) -> Iterator[Substance]:
        """Give the registered substances, of one family or of all."""
        for substance in self.checker.law.substances.values():
            if family is None or family in substance.families:
                yield substance

    def recognised(self, substance: Substance, *, salt: bool = False, stereo_known: bool = True) -> Recognised:
        """Give what the law knows a substance as; `salt` and `stereo_known` are those of :class:`Identified`."""
        key = (substance.id, salt, stereo_known)
        if key not in self._recognised:
            asked = Identified(substance.id, "name", substance=substance, salt=salt, stereo_known=stereo_known)
            self._recognised[key] = self.checker.recognise(asked)
        return self._recognised[key]

    def verdict(self, substance: Substance, place: str, day: date) -> Verdict:
        """Answer for one substance, as ``check`` does."""
        return self.checker.verdict(self.recognised(substance), Asked(place, day))
