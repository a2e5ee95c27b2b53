"""The pages, one module each. To add one: write the module, name its handlers and its place in the navigation here."""

from drugcontrol.web.pages import (
    api,
    ask,
    claims,
    figures,
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
    *(situation, figures, claims, measures),
    *(verify, api),
)
HANDLERS = tuple(handler for module in _MODULES for handler in module.HANDLERS)
"""Every page; each is served below ``/en``, ``/es`` and ``/zh``."""

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("ask", "/"),
    ("screen", "/screen"),
    ("situation", "/situation"),
    ("verify", "/verify"),
    ("api", "/api"),
)
"""Key of the word in group ``site`` (``nav_ask``) and path behind the language, in the order in which they stand."""
