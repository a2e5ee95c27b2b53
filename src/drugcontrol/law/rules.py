"""Finding a class rule by its id or by the id of one of its texts."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from drugcontrol.errors import UsageError
from drugcontrol.law.model import ClassRule, Law


def rule_texts(law: Law, rule_id: str) -> tuple[ClassRule, ...]:
    """Give every text in which a class rule stands, in the order of the data.

    Parameters
    ----------
    rule_id : str
        Id of the rule or of one of its texts; capitals and spaces around it do not matter.

    Raises
    ------
    UsageError
        When no rule or text has that id; the hint names the nearest ones.
    """
    rules: Mapping[str, str] = {
        name: text.rule.id for text in law.rules for name in (text.rule.id.casefold(), text.id.casefold())
    }
    wanted = rule_id.strip().casefold()
    if wanted not in rules:
        near = process.extract(wanted, rules.keys(), scorer=fuzz.WRatio, score_cutoff=70, limit=3)
        ask = f"Did you mean {', '.join(name for name, _, _ in near)}? " if near else ""
        raise UsageError(
            f"No class rule has the id “{rule_id}”.", f"{ask}“law rule” without an id lists them.", code="unknown_id"
        )
    return tuple(text for text in law.rules if text.rule.id == rules[wanted])
