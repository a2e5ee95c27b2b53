"""What a handler gets by naming it: ``site: TheSite``, ``words: PageWords``, ``on: Short``."""

from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from drugcontrol.report.words import Words
from drugcontrol.web.jobs.desk import Desk
from drugcontrol.web.site import Site

TheSite = NamedDependency[Site]
"""The law that is served, and the settings."""

TheDesk = NamedDependency[Desk]
"""The screening jobs; ``desk: TheDesk``."""

PageWords = NamedDependency[Words]
"""The words of the language that the path names; of pages only."""

Short = Annotated[str, QueryParameter(max_length=300)]
"""A part of the query by the name of the argument."""

Places = Annotated[
    str, QueryParameter(name="in", max_length=300, description="Codes of places, separated by commas; all when empty.")
]
"""Codes of places, separated by commas."""

From = Annotated[str, QueryParameter(name="from", max_length=20)]
"""The first day or period; of a stretch of time."""

To = Annotated[str, QueryParameter(name="to", max_length=20)]
"""The last one."""
OfDay = Annotated[str, QueryParameter(max_length=300, description="The day, YYYY-MM-DD; today when empty.")]
"""The day of a call of the API."""

Kinds = Annotated[
    str, QueryParameter(max_length=300, description="Kinds of control, separated by commas; all when empty.")
]
"""Kinds of control of a call of the API."""

Destination = Annotated[
    str, QueryParameter(max_length=300, description="Country of destination, two letters, for export control.")
]
"""Where goods go, of a call of the API."""

FamilyName = Annotated[
    str, QueryParameter(max_length=300, description="fentanyl, nitazene, opioid, precursor or other; all when empty.")
]
"""A family of substances, of a call of the API."""

PathId = Annotated[str, PathParameter(max_length=300)]
"""An id in the path."""
