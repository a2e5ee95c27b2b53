"""How the server runs: where it listens, what it keeps, who may ask for much."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from drugcontrol.web.jobs.limits import Limits

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of one server.

    Attributes
    ----------
    state : Path
        Directory for what outlives a restart; only its owner can read it.
    hosts : tuple of str
        Names under which the server answers. Any other name in a request is refused, so that a page elsewhere cannot
        reach a server on loopback by a name of its own.
    keys : frozenset of str
        Keys with which programs may send structures in batches; none may while it is empty.
    tls : bool
        The server is reached over TLS (by a proxy before it): cookies are then for TLS only.
    screening : Limits
        How much a screening job may take.
    """

    state: Path = field(default_factory=lambda: platformdirs.user_state_path("drugcontrol"))
    hosts: tuple[str, ...] = LOOPBACK
    keys: frozenset[str] = frozenset()
    tls: bool = False
    screening: Limits = field(default_factory=Limits)

    def secret(self) -> str:
        """Give the secret that signs form tokens; made once, kept over restarts."""
        path = self.state / "form-secret"
        if not path.exists():
            self.state.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = path.with_suffix(f".{secrets.token_hex(4)}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32), encoding="ascii")
            draft.replace(path)
        return path.read_text(encoding="ascii")
