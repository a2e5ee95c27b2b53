"""What a reader gives: figures in the publisher's own words, grouped by the release to which they belong."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from drugcontrol.situation.formats.sourcefile import SourceFile
from drugcontrol.situation.model import Period, Reading, Status


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of a file.

    Attributes
    ----------
    pattern : str
        Key of a pattern of the dataset.
    term : str
        What the publisher calls it; empty where the pattern has one series.
    term_id : str
        Id for a term that is new, where the publisher's number belongs to it.
    line : int
        Where it stands in the file; of a sum, the first row.
    """

    pattern: str
    period: Period
    value: Decimal | None
    status: Status
    line: int
    term: str = ""
    term_id: str = ""
    place: str = ""
    completeness_percent: str = ""
    pending_percent: Decimal | None = None
    footnote: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """The figures of one release.

    Attributes
    ----------
    label : str
        How the file tells its releases apart; empty where it holds one.
    published : str
        When it was published, if the file says so, in the notation of :mod:`drugcontrol.dates`.
    """

    label: str
    published: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class Format:
    """A form of file.

    Attributes
    ----------
    columns : tuple of str
        The whole header. A column more or less is another form, and no guess is made.
    delimiter : str
        Between cells.
    sparse : bool
        Whether the publisher leaves out rows where nothing was counted.
    """

    name: str
    dataset: str
    columns: tuple[str, ...]
    read: Callable[[SourceFile], list[Content]]
    delimiter: str = ","
    sparse: bool = False
    reading: Reading = "file"
