"""Rules between fields: which a field makes mandatory, and what cannot both be.

A rule takes a part of a message and gives the field (as a path from that part), what is wrong and the cure.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from drugcontrol.channel.messages import parts, rules_exchange, rules_notice, rules_parts, rules_pen

Rule = Callable[[Any], Iterator[tuple[str, str, str]]]


@cache
def rules_of(part: type[msgspec.Struct]) -> tuple[Rule, ...]:
    """Give the rules of a type of part, those of its bases first."""
    return tuple(rule for base in reversed(part.__mro__) for rule in _RULES.get(base, ()))


_RULES: Mapping[type, tuple[Rule, ...]] = {
    parts.Message: (rules_parts.message,),
    **rules_parts.RULES,
    **rules_notice.RULES,
    **rules_pen.RULES,
    **rules_exchange.RULES,
}
