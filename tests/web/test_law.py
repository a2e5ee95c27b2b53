"""The pages of the law give what the command line and the API give."""

import csv
import html
import io
import json
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Page

from drugcontrol.check.question import FAMILIES
from drugcontrol.cli.main import cli
from drugcontrol.law import Law
from drugcontrol.report.words import Words
from tests.web.pages import LANGUAGES

Client = TestClient[Litestar]
ENGLISH = Words.of("en")


def printed(*arguments: str) -> str:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_instrument_and_rule_has_a_page(client: Client, law: Law, language: str) -> None:
    index = client.get(f"/{language}/law").text
    paths = [f"/law/places/{code}" for code in law.jurisdictions]
    paths += [f"/law/instruments/{name}" for name in law.instruments]
    paths += [f"/law/rules/{row.id}" for row in law.edition.rules]
    for path in paths:
        assert f'href="/{language}{path}"' in index
        assert client.get(f"/{language}{path}").status_code == 200


def test_an_instrument_shows_its_entries_as_of_a_day(client: Client) -> None:
    before, after = (client.get(f"/en/law/instruments/mx-lgs?on={day}").text for day in ("2026-01-15", "2026-01-16"))
    assert 'href="/en/substance/caffeine?' in before
    assert 'href="/en/substance/caffeine?' not in after


def test_an_entry_of_an_instrument_says_since_when_and_how_well_that_is_known(client: Client) -> None:
    page = client.get("/en/law/instruments/mx-lgs?on=2026-01-15").text
    entry = page.partition('href="/en/substance/caffeine?')[2].partition("</li>")[0]
    given = json.loads(printed("check", "caffeine", "--in", "MX", "--date", "2026-01-15", "--json"))
    finding = given["verdicts"][0]["findings"][0]
    assert f"since {finding['from']}, until {finding['until']} · " in entry.replace("<wbr>", "")
    assert ENGLISH("known", finding["known"]) in entry


def test_a_sheet_has_the_words_of_the_command_line(client: Client) -> None:
    page = client.get("/en/law/rules/cn-fentanyl-related").text
    sheet = json.loads(printed("law", "rule", "cn-fentanyl-related", "--json"))
    for clause in sheet["clauses"]:
        assert clause["says"]["en"] in page.replace("&#39;", "'").replace("&#34;", '"')
    assert 'class="paper" role="img"' in page


def test_a_place_says_what_is_not_held(client: Client, law: Law) -> None:
    page = client.get("/en/law/places/GB").text
    for missing in law.jurisdictions["GB"].not_covered:
        assert missing.what["en"] in page


def test_changes_are_those_of_the_api(client: Client) -> None:
    asked = {"from": "2019-01-01", "to": "2019-12-31", "in": "CN,CA", "family": "fentanyl"}
    page = client.get("/en/law/changes", params=asked).text
    given = client.get("/api/v1/changes", params=asked).json()
    assert given["changes"]
    for row in given["changes"]:
        assert f'href="/en/substance/{row["substance"]}?' in page


def test_many_changes_come_page_by_page_and_none_is_lost(client: Client) -> None:
    asked = {"from": "2012-01-01", "to": "2026-11-25"}
    given = client.get("/api/v1/changes", params=asked).json()["changes"]
    rows = list(csv.DictReader(io.StringIO(client.get("/en/law/changes/changes.csv", params=asked).text)))
    whole = sorted((row["jurisdiction"], row["substance"], row["became"]) for row in given)
    assert sorted((row["jurisdiction"], row["substance"], row["became"]) for row in rows) == whole
    seen, number = list[str](), 0
    text = 'rel="next"'
    while 'rel="next"' in text:
        number += 1
        text = client.get("/en/law/changes", params=asked | {"page": str(number)}).text
        seen += re.findall(r'<th scope="row"><a href="/en/substance/([^?"]+)', text)
    assert number > 1
    assert sorted(seen) == sorted(row["substance"] for row in given)


def test_a_page_of_changes_is_small_and_keeps_what_was_asked(client: Client) -> None:
    page = client.get("/en/law/changes?from=2012-01-01&to=2026-11-25&in=CN,US,GB&page=2")
    assert len(page.content) < 100_000
    assert (
        'rel="next" href="/en/law/changes?from=2012-01-01&amp;to=2026-11-25&amp;in=CN,US,GB&amp;page=3#changes"'
        in page.text
    )


def test_tables_of_the_law_have_a_file_for_a_spreadsheet(client: Client) -> None:
    for path, twin in (
        ("/en/law/compare?first=CN&second=US&on=2023-04-06", "compare.csv"),
        ("/en/law/upcoming?on=2026-06-01", "upcoming.csv"),
        ("/en/law/instruments/mx-lgs?on=2026-01-15", "entries.csv"),
        ("/en/law/changes?from=2019-01-01&to=2019-12-31&in=CN", "changes.csv"),
        ("/en/law/places/GB", "coverage.csv"),
        ("/en/law/rules/cn-fentanyl-related", "rule.csv"),
    ):
        link = re.search(rf'href="([^"]*/{twin}[^"]*)"', client.get(path).text)
        assert link, path
        rows = list(csv.DictReader(io.StringIO(client.get(html.unescape(link[1])).text)))
        assert rows, path
    assert "caffeine" in client.get("/en/law/instruments/mx-lgs/entries.csv?on=2026-01-15").text


def test_class_control_is_shown_as_of_the_day_asked_about(client: Client) -> None:
    page = client.get("/en/law/first/fentanyl?on=2019-04-30").text
    assert '<p class="track">US ' in page
    assert '<p class="track">CN ' not in page
    assert 'href="/en/law/first/fentanyl/first.csv?on=2019-04-30"' in page
    assert "on=2019-04-30&amp;edition=" in page
    assert ",CN," not in client.get("/en/law/first/fentanyl/first.csv?on=2019-04-30").text


def test_two_places_are_compared_as_by_the_command_line(client: Client) -> None:
    page = client.get("/en/law/compare?first=CN&second=US&on=2023-04-06&family=fentanyl").text
    given = json.loads(printed("compare", "CN", "US", "--date", "2023-04-06", "--family", "fentanyl", "--json"))
    for row in [*given["only_first"], *given["both"]]:
        assert f'href="/en/substance/{row["substance"]}?' in page


@pytest.mark.parametrize("family", FAMILIES)
def test_class_control_by_date_is_that_of_the_command_line(client: Client, family: str) -> None:
    given = client.get(f"/en/law/first/{family}/first.json").json()
    assert given["readings"] == json.loads(printed("first", family, "--json"))["readings"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/en/law/first/{family}/first.csv").text)))
    assert len(rows) == sum(len(found) for found in given["readings"].values())


def test_the_chart_has_a_row_for_each_text_and_its_twins(client: Client) -> None:
    page = client.get("/en/law/first/fentanyl").text
    for place in ("CN", "US", "GB", "CA"):
        assert f'<p class="track">{place} ' in page
    assert client.get("/en/law/first/fentanyl/first.svg").text.startswith("<svg")
    assert client.get("/en/law/first/fentanyl/first.png").content.startswith(b"\x89PNG")


def test_law_to_come_is_that_of_the_api_within_as_many_days(client: Client) -> None:
    counts = []
    for within in ("20", "60", "400"):
        asked = {"on": "2026-06-01", "within": within}
        given = client.get("/api/v1/upcoming", params={"date": "2026-06-01", "within": within}).json()
        rows = list(csv.DictReader(io.StringIO(client.get("/en/law/upcoming/upcoming.csv", params=asked).text)))
        assert [(row["on"], row["substance"]) for row in rows] == [(row["on"], row["substance"]) for row in given]
        page = client.get("/en/law/upcoming", params=asked).text.partition("<tbody>")[2]
        assert page.count("<tr") == len(given)
        counts.append(len(given))
    assert 0 < counts[0] < counts[1] < counts[2]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/law/places/ZZ", 404),
        ("/en/law/instruments/none", 404),
        ("/en/law/rules/none", 404),
        ("/en/law/first/none", 404),
        ("/en/law/first/fentanyl/first.exe", 404),
        ("/en/law/changes?from=2020-01-01&to=2019-01-01", 400),
        ("/en/law/compare?first=ZZ", 400),
        ("/en/law/upcoming?within=0", 400),
    ],
)
def test_what_is_not_there_is_said(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("changes?from=2020-01-01&to=2019-01-01", "La fecha final es anterior"),
        ("changes?family=none", "Esa no es una familia"),
        ("compare?first=CN&second=CN", "Se compara un lugar consigo mismo."),
        ("first/fentanyl?on=yesterday", "Ese no es un día del calendario."),
    ],
)
def test_what_cannot_be_asked_is_said_in_the_language_of_the_page(client: Client, path: str, says: str) -> None:
    answer = client.get(f"/es/law/{path}")
    assert answer.status_code == 400
    assert says in answer.text


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/en/law/instruments/cn-narcotic-catalogue", '<span class="original" lang="zh-Hans">麻醉药品品种目录'),
        ("/zh/law/instruments/mx-lgs", '<span class="original" lang="es">Ley General de Salud'),
        ("/es/law/instruments/ca-cdsa", '<span class="original" lang="en">Controlled Drugs and Substances Act'),
        ("/en/law/places/DE", '<span class="original" lang="de">Betäubungsmittelgesetz (BtMG)'),
        ("/en/substance/fentanyl?on=2023-04-06&in=CN", '<span class="original" lang="zh-Hans">麻醉药品品种目录'),
        ("/zh/law/upcoming?on=2026-06-01", '<span class="original" lang="es">Artículo 245, fracción II'),
        ("/zh/substance/norfentanyl?in=ES", '<span class="original" lang="en">Category 1'),
        ("/zh/law/instruments/ca-cdsa", '<span class="original" lang="en">Controlled Drugs and Substances Act'),
        ("/es/law", '<span class="original" lang="en">Misuse of Drugs Act 1971'),
    ],
)
def test_a_title_is_shown_as_the_law_prints_it_where_the_page_has_a_translation(
    client: Client, path: str, marked: str
) -> None:
    assert marked in client.get(path).text


@pytest.mark.parametrize("path", ["/zh/law/instruments/cn-narcotic-catalogue", "/es/law/instruments/un-1961"])
def test_a_title_in_a_language_of_the_law_stands_alone(client: Client, path: str) -> None:
    assert 'class="original"' not in client.get(path).text.partition("<h2")[0]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_law_of_the_union_is_shown_in_a_language_it_is_written_in_and_in_no_other(
    client: Client, language: str
) -> None:
    page = client.get(f"/{language}/substance/norfentanyl?in=ES,NL,EU").text
    assert 'lang="de"' not in page.partition('class="known-as"')[0]


def test_the_rules_of_the_index_say_of_which_place_they_are(client: Client) -> None:
    page = client.get("/en/law").text
    assert '<span class="code">GB</span> <a href="/en/law/rules/gb-fentanyls">' in page
    assert '<span class="code">IE</span> <a href="/en/law/rules/ie-fentanyls">' in page


def test_a_place_says_in_which_languages_its_law_is_written(client: Client, law: Law) -> None:
    assert "Its law is written in German, French, and Italian." in client.get("/en/law/places/CH").text
    assert "Su derecho está redactado en español." in client.get("/es/law/instruments/mx-lgs").text
    assert "其法律以英语和法语书写" in client.get("/zh/law/places/CA").text
    assert all(place.languages for place in law.jurisdictions.values())


def test_changes_without_days_are_those_of_the_last_year_and_can_be_asked_again(client: Client) -> None:
    page = client.get("/en/law/changes").text
    assert 'name="from" type="date" value="2025-11-25"' in page
    assert 'name="to" type="date" value="2026-11-25"' in page
    again = client.get("/en/law/changes?from=2019-01-01&to=2019-12-31&in=CN,CA&family=fentanyl").text
    assert 'value="2019-01-01"' in again
    assert 'value="CN,CA"' in again
    assert '<option value="fentanyl" selected>' in again


@pytest.mark.parametrize("path", ["/es/law/first/fentanyl?on=2019-05-01", "/es/law/places/CN?", "/es/claims?"])
def test_every_page_says_where_an_address_names_another_edition(client: Client, law: Law, path: str) -> None:
    other = client.get(f"{path}&edition=2020.01.01%2B0123456789abcdef").text
    assert "nombra la edición 2020.01.01+0123456789abcdef" in other
    assert "nombra la edición" not in client.get(path, params={"edition": law.edition_name}).text


def test_a_reader_goes_from_the_index_to_a_substance_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/law", 320, java_script_enabled=False)
    page.locator("#to").fill("2019-12-31")
    page.locator("#from").fill("2019-01-01")
    page.locator("#in").fill("CA")
    page.get_by_role("button", name="Show").first.click()
    page.locator("summary").first.click()
    page.locator("#changes tbody a").first.click()
    assert "/en/substance/" in page.url


def test_what_changed_prints_with_the_rows_that_are_folded_on_the_screen(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/law/changes?from=2019-01-01&to=2019-12-31&in=CA")
    row = page.locator("#changes details tbody tr").first
    assert not row.is_visible()
    page.emulate_media(media="print")
    assert row.is_visible()
    assert page.locator("#changes details:not([open]) tbody tr").evaluate_all(
        "rows => rows.every(r => r.checkVisibility())"
    )


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/en/law/places/CN", "China"),
        ("/en/law/rules/cn-fentanyl-related", "Fentanyl-related substances (class)"),
        ("/en/law/instruments/ca-cdsa", "Controlled Drugs and Substances Act, Schedules I to VI"),
        ("/en/law/compare?first=CN&second=US", "Compare two places: CN, US"),
        ("/en/law/upcoming", "Law to come"),
        ("/en/law/first/fentanyl", "fentanyls: any class control"),
    ],
)
def test_every_page_of_the_law_can_be_cited_with_its_day_edition_and_whole_address(
    client: Client, law: Law, path: str, title: str
) -> None:
    page = html.unescape(client.get(f"{path}{'&' if '?' in path else '?'}on=2023-04-06").text)
    share = page.partition('<section class="share"')[2]
    assert f"Law as of 2023-04-06. drugcontrol, edition of the law {law.edition_name}." in share
    assert title in share
    found = re.findall(r"http://127\.0\.0\.1:8765(/en/law[^<]*)<", share)
    assert len(found) == 2
    assert len(set(found)) == 1
    assert "on=2023-04-06" in found[0]
    assert client.get(found[0]).status_code == 200


def test_a_place_shows_the_lists_of_the_day_that_is_asked_about(client: Client) -> None:
    then, now = (client.get(f"/en/law/places/CN?on={day}").text for day in ("2018-01-01", "2026-11-25"))
    shown = [page.partition("<details>")[0] for page in (then, now)]
    assert "Non-medical catalogue, entries 232 to 305" not in shown[0]
    assert "Non-medical catalogue, entries 232 to 305" in shown[1]
    assert all("Non-medical catalogue, entries 232 to 305" in page for page in (then, now))


def test_a_rule_says_whether_it_was_in_force_on_the_day(client: Client) -> None:
    path = "/en/law/rules/cn-fentanyl-related?on="
    assert "not in force on 2019-04-30" in client.get(path + "2019-04-30").text
    assert "<b>in force on 2019-05-01</b>" in client.get(path + "2019-05-01").text


def test_the_places_asked_stay_asked_when_the_form_is_sent_again(client: Client) -> None:
    page = client.get("/en/law/upcoming?on=2026-06-01&in=CA,US").text
    assert '<input type="hidden" name="in" value="CA,US">' in page
    assert 'name="in"' not in client.get("/en/law/upcoming?on=2026-06-01").text.partition("</form>")[0]


def test_two_entries_that_end_alike_are_told_apart(client: Client) -> None:
    page = client.get("/en/law/upcoming?on=2026-11-25").text
    rows = [re.sub(r"<[^>]+>|\s+", " ", row) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    assert len(rows) == len(set(rows)) > 5
    assert not re.search(r'<td lang="en"></td>', page)
    assert '<th scope="col">Since</th>' not in page


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/zh/law/instruments/cn-precursors", '去甲芬太尼 <span class="original" lang="en">Norfentanyl</span>'),
        ("/es/law/compare?first=CN&second=US", 'norfentanilo <span class="original" lang="en">Norfentanyl</span>'),
        ("/zh/law/changes?from=2024-01-01&to=2024-12-31&in=CN", "去甲芬太尼"),
        ("/zh/law/upcoming?on=2026-06-01", '<span lang="en">'),
    ],
)
def test_a_list_names_substances_in_the_language_of_the_page(client: Client, path: str, shown: str) -> None:
    assert shown in client.get(path).text


@pytest.mark.parametrize(
    "path", ["compare?", "upcoming?", "first/fentanyl?", "places/CN?", "changes?from=2022-01-01&to="]
)
def test_the_day_is_said_outside_the_form_too(client: Client, path: str) -> None:
    page = client.get(f"/en/law/{path}{'2023-04-06' if path.endswith('=') else 'on=2023-04-06'}").text
    without_form = re.sub(r"<form.*?</form>", "", page, flags=re.DOTALL).partition('<section class="share"')[0]
    assert "2023-04-06" in re.sub(r"<[^>]*>", "", without_form)
