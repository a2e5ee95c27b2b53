"""The pages, one module each. To add one: write the module, name its handlers and its place in the navigation here."""

from drugcontrol.web.pages import api, ask, claims, figures, measures, situation, substance, verify

HANDLERS = (
    *ask.HANDLERS,
    *substance.HANDLERS,
    *situation.HANDLERS,
    *figures.HANDLERS,
    *claims.HANDLERS,
    *measures.HANDLERS,
    *verify.HANDLERS,
    *api.HANDLERS,
)
"""Every page; each is served below ``/en``, ``/es`` and ``/zh``."""

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("ask", "/"),
    ("situation", "/situation"),
    ("verify", "/verify"),
    ("api", "/api"),
)
"""Key of the word in group ``site`` (``nav_ask``) and path behind the language, in the order in which they stand."""
