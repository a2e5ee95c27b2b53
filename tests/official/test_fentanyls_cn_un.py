"""“China has listed 25 fentanyls, the United Nations 21”, said on 29 August 2018: counted from the data, by name."""

from datetime import date

import pytest

from drugcontrol.dates import Certainty
from drugcontrol.law import Law

CATALOGUES = {"cn-narcotic-catalogue", "cn-psychotropic-catalogue", "cn-non-medical"}
CONVENTIONS = {"un-1961", "un-1971"}
ONLY_CHINA = {
    "beta-hydroxythiofentanyl": "2015-10-01",
    "isobutyryl-fentanyl": "2015-10-01",
    "parafluorobutyrylfentanyl": "2015-10-01",
    "valerylfentanyl": "2017-03-01",
}
"""The difference, with the day since which China names each."""


def named(law: Law, instruments: set[str], day: str) -> dict[str, str]:
    """Give the fentanyls that lists name on a day, with the day since which they stand there."""
    return {
        listing.substance.id: listing.span(date.fromisoformat(day)).first.text
        for listing in law.listings
        if listing.instrument.id in instruments
        and "fentanyl" in listing.substance.families
        and listing.in_force(date.fromisoformat(day))[0] is Certainty.YES
    }


@pytest.mark.parametrize(
    ("day", "china", "conventions"),
    [
        ("2017-06-20", 23, 15),  # said in June 2017: 23 against 15
        ("2018-08-29", 23, 21),  # the day of the announcement: two more are to come on 1 September
        ("2018-09-01", 25, 21),
    ],
)
def test_the_counts_that_were_published_come_out(law: Law, day: str, china: int, conventions: int) -> None:
    assert (len(named(law, CATALOGUES, day)), len(named(law, CONVENTIONS, day))) == (china, conventions)


def test_what_the_conventions_name_china_named_too_and_four_more(law: Law) -> None:
    china, conventions = named(law, CATALOGUES, "2018-09-01"), named(law, CONVENTIONS, "2018-09-01")
    assert conventions.keys() <= china.keys()
    assert {name: since for name, since in china.items() if name not in conventions} == ONLY_CHINA


def test_the_two_of_the_announcement_begin_on_the_first_of_september(law: Law) -> None:
    before, after = named(law, CATALOGUES, "2018-08-31"), named(law, CATALOGUES, "2018-09-01")
    assert after.keys() - before.keys() == {"4-fibf", "tetrahydrofuranylfentanyl"}
