"""The pages, one module each. To add one: write the module, name its handlers and its place in the navigation here."""

from drugcontrol.web.pages import api, ask, screen, screen_decisions, screen_result, substance

SCREEN = (*screen.HANDLERS, *screen_result.HANDLERS, *screen_decisions.HANDLERS)
HANDLERS = (*ask.HANDLERS, *substance.HANDLERS, *SCREEN, *api.HANDLERS)
"""Every page; each is served below ``/en``, ``/es`` and ``/zh``."""

NAVIGATION: tuple[tuple[str, str], ...] = (("ask", "/"), ("screen", "/screen"), ("api", "/api"))
"""Key of the word in group ``site`` (``nav_ask``) and path behind the language, in the order in which they stand."""
