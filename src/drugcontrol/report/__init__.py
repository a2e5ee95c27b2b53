"""Answers put into words: for the terminal, for a page, in English, Spanish and Chinese."""

from drugcontrol.report.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
