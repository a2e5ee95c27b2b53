"""Claims: sentences that were said, read as tests over figures, law and registers, as known then and as known now."""

from drugcontrol.situation.claims.judge import Checked, CheckedReading, check_claim
from drugcontrol.situation.claims.load import Claim, find_claim, load_claims
from drugcontrol.situation.claims.outcome import Evidence, Grounds, Judged, Outcome

__all__ = [
    "Checked",
    "CheckedReading",
    "Claim",
    "Evidence",
    "Grounds",
    "Judged",
    "Outcome",
    "check_claim",
    "find_claim",
    "load_claims",
]
