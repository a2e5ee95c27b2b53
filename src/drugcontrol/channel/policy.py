"""Which witnesses must have signed a state of a register before it counts as seen by third parties."""

import json
from dataclasses import dataclass

from drugcontrol.errors import ReadError

_MAX_WITNESSES = 16


@dataclass(frozen=True, slots=True)
class Policy:
    """The witnesses that are asked, and how many of them must sign.

    Attributes
    ----------
    witnesses : tuple of str
        Names, as in their key histories.
    quorum : int
        0 only when no witness is named.
    """

    witnesses: tuple[str, ...] = ()
    quorum: int = 0

    def __post_init__(self) -> None:
        names = self.witnesses
        if len(names) > _MAX_WITNESSES or len(set(names)) != len(names):
            raise ReadError(f"A policy names at most {_MAX_WITNESSES} witnesses, each once.")
        if not (1 <= self.quorum <= len(names) or (not names and self.quorum == 0)):
            raise ReadError("The quorum of a policy is at least 1 and at most the number of its witnesses.")


def write_policy(policy: Policy) -> bytes:
    """Write a policy as JSON."""
    content = {"version": 1, "witnesses": list(policy.witnesses), "quorum": policy.quorum}
    return json.dumps(content, sort_keys=True).encode()


def read_policy(data: bytes) -> Policy:
    """Read a policy from JSON, and only in the one form that `write_policy` gives it.

    Raises
    ------
    ReadError
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        content = None
    match content:
        case {"version": int(version), "witnesses": list(names), "quorum": int(quorum), **more} if not more:
            whole = type(version) is int and version == 1 and type(quorum) is int
            if whole and all(isinstance(name, str) and name.isprintable() for name in names):
                policy = Policy(tuple(names), quorum)
                if write_policy(policy) == data:
                    return policy
    raise ReadError("The policy is not of the kind used here.", "It names version, witnesses and quorum.")
