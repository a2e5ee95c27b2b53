"""Whether a listing reaches the form in which its substance was asked for: salts, stereoisomers, preparations."""

from dataclasses import dataclass

from drugcontrol.check.index import Match
from drugcontrol.chem import Relation
from drugcontrol.law.model import Listing


@dataclass(frozen=True)
class Reach:
    """Whether a listing reaches a form of its substance: no, or yes with the question that is open, if any."""

    reached: bool
    question: str = ""
    form: str = ""


_NOT_REACHED = Reach(reached=False)


def reach(listing: Listing, match: Match) -> Reach:
    """Compare the extent of a listing with a match."""
    extent = listing.extent
    if "salt" in match.forms and extent.salts == "excluded":
        return _NOT_REACHED
    if "mixture" in match.forms and extent.preparations == "excluded":
        return _NOT_REACHED
    unclear = match.substance.structure is not None and match.substance.structure.stereo == "unclear"
    match match.relation, extent.stereoisomers:
        case (Relation.SAME, _):
            return Reach(reached=True)
        case (Relation.WITHIN, _) | (_, "included"):
            return Reach(reached=True, form="stereoisomer")
        case (Relation.NOT_GIVEN, _):
            return Reach(reached=True, question="stereo_not_given")
        case (Relation.MIRROR, "optical"):
            return Reach(reached=True, form="stereoisomer")
        case (Relation.MIRROR, "silent"):
            return Reach(reached=True, question="isomer_not_named", form="stereoisomer")
        case _ if unclear:
            return Reach(reached=True, question="stereo_unclear", form="stereoisomer")
        case _:
            return _NOT_REACHED
