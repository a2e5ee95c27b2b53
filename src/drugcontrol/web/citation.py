"""How to cite what a page shows of the law."""

from datetime import date

from drugcontrol.report.words import Words
from drugcontrol.web.site import Site


def law_citation(site: Site, words: Words, title: str, day: date, share: str) -> str:
    """Say what is cited: title, day, edition, and the address of the page."""
    said = words("law", "citation", title=title, date=day.isoformat(), edition=site.law.edition_name)
    return f"{said} {share}"
