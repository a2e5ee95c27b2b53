"""Figures of publishers beside the law: series, immutable releases, and what was known of them on a day."""

from drugcontrol.situation.acts import Act, acts
from drugcontrol.situation.known import Row, View, as_of, revisions
from drugcontrol.situation.model import Dataset, Figures, Observation, Release, Series
from drugcontrol.situation.store import load_figures

__all__ = [
    "Act",
    "Dataset",
    "Figures",
    "Observation",
    "Release",
    "Row",
    "Series",
    "View",
    "acts",
    "as_of",
    "load_figures",
    "revisions",
]
