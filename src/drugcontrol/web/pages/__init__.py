"""The pages, one module each. To add one: write the module, name its handlers and its place in the navigation here."""

from drugcontrol.web.pages import (
    api,
    ask,
    claims,
    figures,
    law,
    law_changes,
    law_time,
    measures,
    screen,
    screen_decisions,
    screen_result,
    situation,
    substance,
    verify,
)

_MODULES = (
    *(ask, substance),
    *(screen, screen_result, screen_decisions),
    *(law_changes, law_time, law),
    *(situation, figures, claims, measures),
    *(verify, api),
)
HANDLERS = tuple(handler for module in _MODULES for handler in module.HANDLERS)
"""Every page; each is served below ``/en``, ``/es`` and ``/zh``."""

NAVIGATION: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ask", ("/", "/substance")),
    ("screen", ("/screen",)),
    ("law", ("/law",)),
    ("situation", ("/situation", "/figures", "/claims", "/measures")),
    ("verify", ("/verify",)),
    ("api", ("/api",)),
)
"""Key of the word in group ``site`` (``nav_ask``), and paths behind the language: where it leads, and its sections."""
