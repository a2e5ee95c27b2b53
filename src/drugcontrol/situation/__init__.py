"""Figures of publishers and measures of States beside the law: what was known of them on a day.

A laboratory's name of a substance is never looked up in the law, and a figure, or its absence, is never joined with a
negative of the law part: that a laboratory reported a name, or did not, says nothing on control.
"""

from drugcontrol.situation.acts import Act, acts
from drugcontrol.situation.known import Row, View, as_of, revisions
from drugcontrol.situation.measures import Measure, Measures, load_measures
from drugcontrol.situation.model import Dataset, Figures, Observation, Release, Series
from drugcontrol.situation.store import load_figures

__all__ = [
    "Act",
    "Dataset",
    "Figures",
    "Measure",
    "Measures",
    "Observation",
    "Release",
    "Row",
    "Series",
    "View",
    "acts",
    "as_of",
    "load_figures",
    "load_measures",
    "revisions",
]
