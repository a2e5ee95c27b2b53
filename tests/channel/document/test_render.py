import re
from collections import Counter
from html import unescape

import msgspec
import pytest

from drugcontrol.channel.document import Header, as_html, as_text
from drugcontrol.channel.messages import MESSAGE_TYPES, prepare
from drugcontrol.check.status import Checker
from drugcontrol.errors import UsageError
from drugcontrol.law.rows import Language
from tests.channel.messages.samples import CALENDARS, ISSUED, draft, message, text

ID = "0123456789abcdef" * 4
PAIRS: list[tuple[Language, Language]] = [("es", "zh"), ("en", "es"), ("zh", "en"), ("en", "en")]


def words_of(page: str) -> str:
    """Give what a reader sees of a page."""
    body = re.sub(r"<(style|svg).*?</\1>", "", page.split("<body>")[1], flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))).strip()


@pytest.mark.parametrize("kind", list(MESSAGE_TYPES))
@pytest.mark.parametrize("languages", PAIRS)
def test_every_message_prints_with_simulation_first(
    kind: str, languages: tuple[Language, Language], checker: Checker
) -> None:
    made = message(kind, checker)
    page, plain = as_html(made, languages, Header(ID)), as_text(made, languages, Header(ID))
    assert "<title>SIMULATION - " in page
    assert words_of(page).startswith("SIMULATION")
    assert plain.startswith("SIMULATION")
    assert ID in words_of(page)
    assert ID in plain


def test_a_real_message_does_not_say_simulation(checker: Checker) -> None:
    content = draft("closure") | {"simulation": False, "title": [text("Closed")]}
    content["sender"]["country"], content["recipients"][0]["country"] = "MX", "CN"
    made = prepare(content, checker, ISSUED).message
    assert "SIMULATION" not in as_html(made, ("en", "zh"), Header(ID))
    assert "SIMULATION" not in as_text(made, ("en", "zh"), Header(ID))


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_every_value_of_the_message_stands_in_the_document(language: Language, checker: Checker) -> None:
    made = message("notice.incident", checker)
    read = words_of(as_html(made, (language, "en"), Header(ID)))
    plain = as_text(made, (language, "en"), Header(ID))
    for value in ("CSQU3054383", "IMO 9074729", "250.00 kg", "100.50 kg", "39742-60-4", "虚构出口商一", "XBBL000001"):
        assert value in read
        assert value in plain


def test_the_legal_status_is_shown_with_partial_lists_marked(checker: Checker) -> None:
    made = message("notice.incident", checker)
    page = as_html(made, ("en", "zh"), Header(ID))
    read = words_of(page)
    assert 'class="answer undecided"' in page
    assert "precursor: undecided (in part)" in read
    assert "▲" in read
    assert "Lists that are not held whole" in read
    assert "CND decisions 65/4, 65/5 and 65/6" in read
    assert checker.law.edition_name in read
    assert "No clearance" in read
    assert "并非放行证明" in read


def test_each_missing_list_is_said_once(checker: Checker) -> None:
    notice = message("notice.incident", checker)
    plain = as_text(notice, ("en", "es"), Header(ID))
    said = Counter[str]()
    for line in notice.substances:
        held = [missing for place in line.legal_status.places for missing in place.missing]
        said |= Counter("]: " + missing.missing[0]["en"] for missing in held if missing.missing)
    assert len(said) > 5
    assert {text: plain.count(text) for text in said} == said


def test_a_substance_that_is_not_known_is_said_to_be_undecided(checker: Checker) -> None:
    content = draft("notice.incident")
    content["substances"] = content["substances"][:1]
    content["substances"][0] |= {"identified_name": "unheard-of substance", "cas": ""}
    made = prepare(content, checker, ISSUED, CALENDARS).message
    assert "“unheard-of substance” is not a name that the law engine holds" in as_text(made, ("en", "es"))


def test_free_text_shows_its_language_where_it_is_another(checker: Checker) -> None:
    plain = as_text(message("withdrawal", checker), ("en", "zh"))
    assert "Sent twice / [en] Sent twice" in plain


def test_what_a_sender_writes_is_never_markup(checker: Checker) -> None:
    content = draft("withdrawal")
    content["explanation"] = text("<script>alert(1)</script> {{ 7 * 7 }}")
    content["reference"] = '"><img src=x onerror=alert(1)>'
    made = prepare(content, checker, ISSUED).message
    page = as_html(made, ("en", "zh"), Header(ID, {"thread": "<b>"}))
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "{{ 7 * 7 }}" in page


def test_what_is_no_message_id_is_refused() -> None:
    with pytest.raises(UsageError, match="is no message id"):
        Header('"; } body { display: none')


def test_a_page_loads_nothing_and_runs_no_script(checker: Checker) -> None:
    page = as_html(message("notice.incident", checker), ("es", "zh"), Header(ID))
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|@import|url\(| src=| href=", page)


def test_the_code_to_scan_is_that_of_the_message_id(checker: Checker) -> None:
    made = message("closure", checker)
    one, other = (as_html(made, ("en", "es"), Header(found)) for found in (ID, ID[::-1]))
    svg = [re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)[0] for page in (one, other)]
    assert svg[0] != svg[1]
    assert "<svg" not in as_html(made, ("en", "es"))


def test_documents_depend_on_the_message_alone(checker: Checker) -> None:
    made = message("notice.incident", checker)
    again = msgspec.json.decode(msgspec.json.encode(made), type=type(made))
    assert as_html(made, ("es", "zh"), Header(ID)) == as_html(again, ("es", "zh"), Header(ID))
