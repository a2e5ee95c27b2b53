"""Reason codes and labels in the words of a language."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, Self

import yaml

from drugcontrol.check.verdict import Finding, Verdict
from drugcontrol.law.rows import LANGUAGES, Language, Text

__all__ = ["LANGUAGES", "Language", "Standing", "Words"]

Standing = Literal["gives_way", "review"]
"""What is said of a class rule beside a substance that it takes in."""

_DIRECTORY = Path(__file__).parent / "wording"


class Words:
    """The wording of one language."""

    def __init__(self, language: Language, wording: Mapping[str, Mapping[str, str]]) -> None:
        self.language = language
        self._wording = wording

    @classmethod
    @cache
    def of(cls, language: Language) -> Self:
        """Load a language once."""
        path = _DIRECTORY / f"{language}.yaml"
        return cls(language, yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506 - texts only

    def __call__(self, group: str, key: str, /, **params: str) -> str:
        """Give a text with its placeholders filled in; one that is not given is left empty."""
        return self._wording[group][key].format_map(_Filled(params))

    def sentences(self, *parts: str) -> str:
        """Put sentences one after another, as the language does it; empty ones are left out."""
        return ("" if self.language == "zh" else " ").join(filter(None, parts))

    def text(self, text: Text) -> str:
        """Pick the language of a text of the data; English where it has no other."""
        return text.get(self.language) or text.get("en", "")

    def reason(self, finding: Finding, *, clauses_in_full: bool = True) -> str:
        """Say why a finding says what it says; the clauses in their words or, where these stand beside it, by id."""
        if clauses_in_full:
            clauses = "; ".join(f"({clause.id}) {self.text(clause.says)}" for clause in finding.clauses)
        else:
            clauses = ", ".join(clause.id for clause in finding.clauses)
        params = dict(finding.reason.params)
        params["substance"] = params.get(f"substance_{self.language}", params.get("substance", ""))
        return self("reason", finding.reason.code, clauses=clauses, **params)

    def status(self, verdict: Verdict) -> str:
        """Name the status; a negative from a partial list never reads like a "no"."""
        return self("status", verdict.shown_status)

    def negative(self, verdict: Verdict, as_of: str) -> str:
        """Say what a verdict without findings rests on, and that it is no clearance."""
        key = {"complete": "verdict_negative", "partial": "verdict_partial", "none": "verdict_not_held"}
        return self("word", key[verdict.coverage.state], place=self.text(verdict.name), date=as_of)

    def standing(self, standing: Iterable[Standing]) -> str:
        """Say that a class rule gives way to the listing of a substance, or leaves a question open."""
        said = {"gives_way": self("role", "displaced"), "review": self("status", "review")}
        return "; ".join(said[item] for item in standing)

    def span(self, since: str, until: str) -> str:
        """Say from when to when."""
        return self("word", "since_until" if until else "since", date=since, until=until)


class _Filled(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
