"""Joins law and chemistry: what is asked, what is found, what is answered."""

from drugcontrol.check.answer import NOTICE, Checker
from drugcontrol.check.identify import Identified, identify
from drugcontrol.check.verdict import Answer, Finding, Verdict

__all__ = ["NOTICE", "Answer", "Checker", "Finding", "Identified", "Verdict", "identify"]
