"""What is not held of a place is told as data: what, why, and where the official text stands."""

from drugcontrol.law import Law


def test_every_list_of_which_nothing_is_held_says_why_in_three_languages_and_where_its_text_stands(law: Law) -> None:
    lacking = [
        (place.id, row.what["en"])
        for place in law.jurisdictions.values()
        for row in place.not_covered
        if not all(row.why.get(language) for language in ("en", "es", "zh")) or not row.address.startswith("https://")
    ]
    assert lacking == []


def test_a_place_without_a_list_of_narcotics_never_answers_no(law: Law) -> None:
    without = {
        place.id for place in law.jurisdictions.values() if any(row.kind == "narcotic" for row in place.not_covered)
    }
    assert {"AU", "ES", "FR", "IN", "JP"} <= without
