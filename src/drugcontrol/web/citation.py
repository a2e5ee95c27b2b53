"""How to cite what a page shows of the law; the page writes its address behind it."""

from datetime import date

from drugcontrol.report.words import Words
from drugcontrol.web.site import Site


def law_citation(site: Site, words: Words, title: str, day: date) -> str:
    """Say what is cited: title, day and edition."""
    return words("law", "citation", title=title, date=day.isoformat(), edition=site.law.edition_name)
