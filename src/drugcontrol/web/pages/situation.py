"""The situation: the way to figures, claims and measures."""

from typing import Any

from litestar import Request, get
from litestar.response import Template

from drugcontrol.web.inject import PageWords, TheSite
from drugcontrol.web.render import page


@get("/situation", sync_to_thread=True)
def situation(request: Request[Any, Any, Any], site: TheSite, words: PageWords) -> Template:
    """Say what is held, with a way into each part."""
    held = site.situation
    counts = {
        "series": str(sum(len(dataset.series) for dataset in held.figures.datasets.values())),
        "datasets": str(len(held.figures.datasets)),
        "claims": str(len(held.claims)),
        "measures": str(len(held.measures.all)),
        "places": str(len(held.measures.places())),
    }
    return page(request, "situation.html", words, counts=counts)


HANDLERS = (situation,)
