"""What the law said on a day. Knows names and numbers of substances, no chemistry."""

from drugcontrol.law.load import load_law
from drugcontrol.law.model import Law, Listing, Substance

__all__ = ["Law", "Listing", "Substance", "load_law"]
