"""Figures, claims and measures on the web: what a page shows is what its twins and the command line give."""

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Page, expect

from drugcontrol.cli.main import cli
from drugcontrol.web.wording import page_words
from tests.web.pages import LANGUAGES

SERIES = "us-overdose-deaths-all-drugs-12m-predicted"
SAID_ON = "2023-04-06"
"""The day on which the claim ``deaths-rising`` was said."""

Client = TestClient[Litestar]


def printed(*arguments: str) -> str:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_rows_are_those_of_the_command_line(client: Client) -> None:
    asked = {"on": "2023-04-06", "from": "2021", "to": "2022-12"}
    window = ("--as-of", "2023-04-06", "--from", "2021", "--to", "2022-12")
    answer = client.get(f"/en/figures/{SERIES}/rows.csv", params=asked)
    assert answer.headers["content-disposition"] == f'attachment; filename="{SERIES}.csv"'
    assert answer.text == printed("figures", "show", SERIES, *window, "--csv")
    given = client.get(f"/en/figures/{SERIES}/rows.json", params=asked).json()
    assert given == json.loads(printed("figures", "show", SERIES, *window, "--json"))


def test_as_known_on_two_days_differs_where_the_releases_do(client: Client) -> None:
    then, now = (client.get(f"/en/figures/{SERIES}/rows.csv?on={day}").text for day in ("2023-04-06", "2026-11-25"))
    values = [{row["period_last"]: row["value"] for row in csv.DictReader(io.StringIO(text))} for text in (then, now)]
    assert max(values[0]) < max(values[1])
    page = client.get(f"/en/figures/{SERIES}?on=2023-04-06").text
    assert "As known on 2023-04-06" in page
    assert max(values[0])[:7] in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "head"), [("chart.svg", b"<svg"), ("chart.png", b"\x89PNG")])
def test_a_chart_is_given_as_picture(client: Client, language: str, name: str, head: bytes) -> None:
    answer = client.get(f"/{language}/figures/{SERIES}/{name}?on=2023-04-06&law=CN,US")
    assert answer.status_code == 200
    assert answer.content.startswith(head)
    said = page_words(language)("figures", "as_known", date="2023-04-06")
    assert name == "chart.png" or said in unescape(answer.text).replace("\xa0", " ")


def test_the_address_to_share_holds_day_and_edition(client: Client, app: Litestar) -> None:
    edition = app.state.site.law.edition_name
    for path in (f"/en/figures/{SERIES}?on=2023-04-06&law=CN", "/en/claims/deaths-rising?on=2026-11-25"):
        page = client.get(path).text
        assert f"edition={quote(edition)}" in page
        assert "on=20" in page


def test_a_page_says_how_to_cite_its_figures(client: Client) -> None:
    page = client.get(f"/en/figures/{SERIES}?on=2023-04-06").text
    assert "Cite as" in page
    assert "CDC, National Center for Health Statistics. All drugs: deaths in 12 months, predicted." in page


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"figures/{SERIES}?on=2023-02-30", "no_day"),
        (f"figures/{SERIES}?from=2022&to=2021", "days"),
        (f"figures/{SERIES}?law=ZZ", "no_place"),
        ("claims/deaths-rising?on=2020-01-01", "too_early"),
        ("measures?in=ZZ", "no_place"),
        ("measures?in=US&kind=sorcery", "no_kind"),
        ("measures?in=US&beside=true", "two_places"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_answered_is_said_with_its_part(client: Client, language: str, path: str, code: str) -> None:
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 400
    assert f'<p class="what">{page_words(language)("problem", code)}</p>' in answer.text


@pytest.mark.parametrize("path", ["figures/none", "figures/none/rows.csv", "claims/none", "claims/none/claim.json"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_held_has_no_page(client: Client, language: str, path: str) -> None:
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 404
    assert page_words(language)("problem", "unknown_id") in answer.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"figures/{SERIES}/rows.csv", "text/csv; charset=utf-8"),
        (f"figures/{SERIES}/rows.json", "application/json"),
        (f"figures/{SERIES}/chart.svg", "image/svg+xml"),
        (f"figures/{SERIES}/chart.png", "image/png"),
        ("claims/deaths-rising/claim.jsonld", "application/ld+json"),
    ],
)
def test_a_twin_says_of_what_type_it_is(client: Client, path: str, kind: str) -> None:
    assert client.get(f"/en/{path}").headers["content-type"] == kind


@pytest.mark.parametrize(
    "path", [f"/en/figures/{SERIES}/rows.exe", "/en/claims/deaths-rising/claim.exe", "/en/measures/measures.exe"]
)
def test_there_are_no_other_twins(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (f"figures/{SERIES}?from=2024&to=2020", "La fecha final es anterior"),
        (f"figures/{SERIES}?from=spring", "Eso no es un día, un mes ni un año."),
        ("claims/deaths-rising?on=2001-01-01", "Esa fecha es anterior al día"),
        ("claims/deaths-rising?on=2001-01-01", "The claim was said on 2023-04-06."),
        ("measures?in=US&beside=true", "Se comparan exactamente dos lugares."),
        ("measures?in=ZZ", "Measures of “ZZ” are not held."),
    ],
)
def test_what_cannot_be_answered_is_said_in_the_language_of_the_page(client: Client, path: str, says: str) -> None:
    answer = client.get(f"/es/{path}")
    assert answer.status_code == 400
    assert says in answer.text
    assert '<p class="what" lang="en">' not in answer.text


def test_a_claim_is_what_the_command_line_prints(client: Client) -> None:
    given = client.get("/en/claims/deaths-rising/claim.json?on=2026-11-25").json()
    assert [given] == json.loads(printed("claim", "check", "deaths-rising", "--as-of", "2026-11-25", "--json"))
    review = client.get("/en/claims/deaths-rising/claim.jsonld?on=2026-11-25").json()
    assert review == json.loads(printed("claim", "check", "deaths-rising", "--as-of", "2026-11-25", "--jsonld"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_review_for_fact_checkers_says_what_was_known_then_and_now(client: Client, language: str) -> None:
    given = client.get(f"/{language}/claims/deaths-rising/claim.jsonld?on=2026-11-25").json()
    words = page_words(language)
    assert given["@graph"]
    for review in given["@graph"]:
        then, now = (words("claim_word", key, date=day) for key, day in (("then", SAID_ON), ("now", "2026-11-25")))
        assert review["reviewBody"].startswith(then)
        assert now in review["reviewBody"].partition(then)[2]
        assert (review["inLanguage"], review["datePublished"]) == (language, "2026-11-25")
        assert review["itemReviewed"]["datePublished"] == SAID_ON


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_has_a_page(client: Client, language: str) -> None:
    listed = json.loads(printed("claim", "list", "--json"))
    page = client.get(f"/{language}/claims").text
    for claim in listed:
        assert f'href="/{language}/claims/{claim["id"]}"' in page
    for name in ("no-notification", "us-class-not-scheduled", "root-cause"):
        assert client.get(f"/{language}/claims/{name}").status_code == 200


def test_measures_are_those_of_the_command_line(client: Client) -> None:
    given = client.get("/en/measures/measures.json?in=US&kind=naloxone").json()
    assert given == json.loads(printed("measures", "list", "--in", "US", "--kind", "naloxone", "--json"))
    rows = list(csv.DictReader(io.StringIO(client.get("/en/measures/measures.csv?in=US,CN").text)))
    assert {row["place"] for row in rows} == {"US", "CN"}


def test_what_is_not_held_of_a_place_is_said(client: Client) -> None:
    page = client.get("/en/measures?in=UN&kind=supervised-consumption").text
    assert "supervised" in page
    assert 'class="problem"' in page


def test_the_day_is_changed_with_the_form(open_page: Callable[..., Page]) -> None:
    page = open_page(f"/en/figures/{SERIES}?on=2026-11-25")
    page.get_by_label("As known on").fill("2023-04-06")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="As known on 2023-04-06")).to_be_visible()
    expect(page.locator("figure img")).to_have_js_property("complete", True)


def test_two_places_stand_side_by_side_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/measures?in=US,CN", java_script_enabled=False)
    page.get_by_role("button", name="Two places side by side").click()
    assert page.locator("table thead th").all_inner_texts()[1:] == ["CN China", "US United States"]


def test_each_chart_of_a_claim_has_its_twins_and_a_citation(client: Client) -> None:
    page = client.get("/en/claims/deaths-rising?on=2026-11-25").text
    starts = {"svg": b"<svg", "png": b"\x89PNG", "csv": b"series,", "json": b"[{"}
    for key in ("then", "now"):
        for ending, start in starts.items():
            path = f"/en/claims/deaths-rising/{key}.{ending}?on=2026-11-25"
            assert f'href="{path}"' in page
            assert client.get(path).content.startswith(start), path
    assert "Claim “deaths-rising”, checked as known on 2026-11-25." in page


def test_the_rows_of_a_chart_then_are_those_known_then(client: Client) -> None:
    then, now = (client.get(f"/en/claims/deaths-rising/{key}.json?on=2026-11-25").json() for key in ("then", "now"))
    assert {row["as_of"] for row in then} == {"2023-04-06"}
    assert {row["as_of"] for row in now} == {"2026-11-25"}
    rows = list(csv.DictReader(io.StringIO(client.get("/en/claims/deaths-rising/then.csv?on=2026-11-25").text)))
    assert len(rows) == sum(len(series["rows"]) for series in then)
    assert client.get("/en/claims/deaths-rising/later.csv").status_code == 404


def test_the_address_of_two_places_side_by_side_leads_back_to_them(client: Client) -> None:
    page = client.get("/en/measures?in=US&in=CN&beside=true").text
    share = re.search(r'class="address"><a href="([^"]+)"', page)
    assert share is not None
    again = client.get(unescape(share[1])).text
    assert again.count('scope="rowgroup"') == page.count('scope="rowgroup"') > 5


def test_the_list_of_claims_says_what_came_out_for_each_reading_then_and_now(client: Client) -> None:
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/en/claims").text))
    reading = "No class control of the family without an end is in force in the United States."
    told = page.partition(reading)[2][:200]
    assert told.startswith(" As known on 2023-04-06: + supported As known on 2026-11-25: – not supported")
    assert "Readings: 0" not in page


def test_a_claim_is_headed_by_its_words(client: Client) -> None:
    page = client.get("/es/claims/us-class-not-scheduled").text
    heading = re.search(r"<h1>(.*?)</h1>", page)
    assert heading is not None
    assert "us-class-not-scheduled" not in heading[1]
    assert "fentanilo" in heading[1]
