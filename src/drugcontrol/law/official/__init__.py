"""Official texts as authorities publish them: reading them into rows, and comparing these with the data held.

One module reads one format; ``formats`` lists them. What a reader gives (``rows``) knows nothing of the data held;
``compare`` finds the differences and ``proposal`` writes them as rows to paste.
"""

from drugcontrol.law.official.compare import Change, compare
from drugcontrol.law.official.formats import FORMATS, read_official
from drugcontrol.law.official.proposal import proposal
from drugcontrol.law.official.rows import OfficialFile, OfficialRow

__all__ = ["FORMATS", "Change", "OfficialFile", "OfficialRow", "compare", "proposal", "read_official"]
