import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from drugcontrol.channel.messages import MESSAGE_TYPES, decode, encode, type_of
from drugcontrol.channel.messages.reading import MAX_BYTES, MAX_PROBLEMS, examine, from_content
from drugcontrol.channel.messages.schema import message_schema
from drugcontrol.check.status import Checker
from drugcontrol.errors import MessageError
from tests.channel.messages.samples import message, payload, put

KINDS = list(MESSAGE_TYPES)


@pytest.fixture(scope="module")
def content_of(checker: Checker) -> Callable[[str], dict[str, Any]]:
    written = {kind: payload(kind, checker) for kind in KINDS}
    return lambda kind: json.loads(written[kind])


def problems(content: object) -> dict[str, str]:
    return {problem.field: f"{problem.what}. {problem.cure}" for problem in examine(content)[1]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_comes_back_as_it_was_written(kind: str, checker: Checker) -> None:
    written = payload(kind, checker)
    assert decode(written) == message(kind, checker)
    assert encode(decode(written)) == written
    assert type_of(decode(written)) == kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_message_fits_its_published_schema(kind: str, content_of: Callable[[str], dict[str, Any]]) -> None:
    Draft202012Validator(message_schema(kind)).validate(content_of(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_simulation_is_the_first_thing_said(kind: str, checker: Checker) -> None:
    written = payload(kind, checker).decode()
    assert written.startswith(f'{{"type":"{kind}","simulation":true,')
    assert json.loads(written)["title"][0]["text"].startswith("SIMULATION")


@pytest.mark.parametrize("kind", KINDS)
def test_every_mandatory_field_is_asked_for(kind: str, content_of: Callable[[str], dict[str, Any]]) -> None:
    mandatory = [field.encode_name for field in msgspec.structs.fields(MESSAGE_TYPES[kind]) if field.required]
    found = problems({"type": kind})
    assert set(mandatory) <= set(found)
    assert all(found[name].startswith("It is missing. It is mandatory") for name in mandatory)
    for name in mandatory:
        content = content_of(kind)
        del content[name]
        assert name in problems(content)


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_does_not_exist_is_refused(kind: str, content_of: Callable[[str], dict[str, Any]]) -> None:
    content = content_of(kind)
    put(content, "sender.rank", "1")
    assert "There is no such field" in problems(content)["sender.rank"]


WRONG = [
    ("substances[0].cas", "39742-60-5", "check digit"),
    ("substances[0].quantity.value", "250,00", "no decimal number"),
    ("substances[0].quantity.value", "1e3", "no decimal number"),
    ("substances[0].quantity.value", 250.0, "decimal number as text"),
    ("substances[0].quantity.value", "0", "nothing"),
    ("substances[0].quantity.unit", "kilo", "no code of the list unit. Write one of kg, g"),
    ("substances[0].quantity.basis", None, "mandatory"),
    ("substances[0].quantity.method", "guessed", "Write one of weighed, declared, estimated"),
    ("substances[0].hs_correct", "2933.39", "no HS code"),
    ("substances[0].declared_name.lang", "english", "no language tag"),
    ("substances[0].declared_name", "Pigment", "named fields"),
    ("substances[0].packages[0].number", 0, "1 or more"),
    ("substances[0].packages[0].number", "10", "no whole number"),
    ("substances[0].packages[0].number", True, "no whole number"),
    ("substances[0].identification.laboratory", None, "confirmed"),
    ("substances[0].purity_percent", "101", "no share in percent"),
    ("found.when.at", "2023-03-24T09:30:00", "no instant with an offset"),
    ("found.when.at", "2023-02-30T09:30:00Z", "does not exist"),
    ("found.place.free_zone", None, "mandatory"),
    ("found.place.free_zone", "maybe", "Write one of yes, no, not-known"),
    ("found.place.locode", "XBPRT", "lies in XB, the country is XA"),
    ("found.place.locode", "PORT", "no UN/LOCODE"),
    ("found.place.latitude", "17.9", None),
    ("found.place.country", "ZZ", "no country code"),
    ("sender.country", "MX", "real country"),
    ("origin.dispatched_from", "CN", "real country"),
    ("parties[0].numbers[0].country", "CN", "real country"),
    ("transport.imo", "IMO 9074728", "check digit"),
    ("transport.containers[0].number", "CSQU3054384", "check digit"),
    ("transport.containers", None, "in a sea container"),
    ("transport.vessel", None, "came by sea"),
    ("transport.mode", "road", "Find out which is right"),
    ("transport", None, "what carried them"),
    ("handling.code", "secret", "no code of the list handling"),
    ("handling.keep_until", "2023-2-1", "no calendar day"),
    ("officer.languages", [], "at least 1"),
    ("officer.phone", "5550100", "no telephone number"),
    ("officer.email", "duty", "no e-mail address"),
    ("sender.urn", "XA office", "no URN"),
    ("recipients[0].urn", "urn:dcx:authority:XA:precursor-office", "The sender is a recipient"),
    ("payment.means", [], "article 12(9)(c)"),
    ("payment.known", "not-known", "some are given"),
    ("payment.means[0].currency", None, "do not go together"),
    ("payment.means[0].wallet", "w1", None),
    ("origin.basis", [], "what the belief rests on"),
    ("origin.confidence", None, "how sure"),
    ("hiding", None, "another HS code"),
    ("hiding.declared_goods", None, "misdeclared"),
    ("asked", [], "at least 1"),
    ("asked[0].action", "other", None),
    ("answer_by", None, "asks for an answer"),
    ("answer_by.rule", "ten days", "no rule for a deadline"),
    ("answer_by.calendar_digest", None, "counts working days"),
    ("answer_by.calendar_digest", "AB", "no SHA-256"),
    ("legal_basis", ["bilateral"], None),
    ("law.places", [{"role": "notifying", "place": "MX"}], None),
    ("law.as_of", "2023-03-25", "not the day of the incident"),
    ("title[0].text", "Seizure", "does not begin with SIMULATION"),
    ("schema_version", "2", "has not the form"),
    ("simulation", "yes", "no yes or no"),
    ("persons", {"held": 1, "named": ["A. Example"]}, None),
    ("reference", "   ", "mandatory"),
    ("reference", "A\u202eB", "cannot be seen"),
    ("reference", "A\x00B", "cannot be seen"),
]
ELSEWHERE = {
    "found.place.latitude": "found.place.longitude",
    "payment.means[0].wallet": "payment.means[0].chain",
    "payment.known": "payment.known",
    "asked[0].action": "asked[0].details",
    "legal_basis": "legal_basis_text",
    "persons": "handling.code",
    "recipients[0].urn": "recipients[0].urn",
}


@pytest.mark.parametrize(("field", "value", "says"), WRONG)
def test_a_wrong_value_is_named_with_what_is_wrong(
    field: str, value: Any, says: str | None, content_of: Callable[[str], dict[str, Any]]
) -> None:
    content = content_of("notice.incident")
    put(content, field, value)
    found = problems(content)
    place = ELSEWHERE.get(field, field)
    assert place in found
    assert says is None or says in found[place]


def test_all_problems_are_told_at_once_each_with_its_cure(content_of: Callable[[str], dict[str, Any]]) -> None:
    content = content_of("notice.incident")
    wrong = {
        "substances[1].cas": "23056-29-4",
        "found.place.free_zone": None,
        "transport.containers[0].number": "CSQU3054384",
        "handling.code": "secret",
        "payment.means": [],
        "officer.languages": "es",
        "origin.basis": [],
    }
    for field, value in wrong.items():
        put(content, field, value)
    with pytest.raises(MessageError) as caught:
        from_content(content)
    assert {problem.field for problem in caught.value.problems} == set(wrong)
    assert all(problem.what and problem.cure for problem in caught.value.problems)


def test_one_fault_is_one_problem(content_of: Callable[[str], dict[str, Any]]) -> None:
    content = content_of("notice.incident")
    put(content, "found", None)
    assert list(problems(content)) == ["found"]


def test_real_authorities_may_not_use_codes_of_no_state(content_of: Callable[[str], dict[str, Any]]) -> None:
    content = content_of("withdrawal")
    content["simulation"] = False
    found = problems(content)
    assert "begins with SIMULATION" in found["title[0].text"]
    assert "the code of no State" in found["sender.country"]
    content["title"][0]["text"] = "Withdrawal"
    content["sender"]["country"], content["recipients"][0]["country"] = "MX", "CN"
    assert problems(content) == {}


def test_a_real_notice_asks_about_the_law_of_its_sender(content_of: Callable[[str], dict[str, Any]]) -> None:
    content = json.loads(json.dumps(content_of("notice.incident")).replace('"XA', '"NL').replace('"XB', '"CN'))
    content["simulation"] = False
    for title in content["title"]:
        title["text"] = title["text"].removeprefix("SIMULATION")
    what = "The law asked about is of MX, the notifying State is NL. Ask about its law"
    assert problems(content) == {"law.places[0].place": what}


def test_no_one_writes_a_legal_status_for_other_places_or_days(content_of: Callable[[str], dict[str, Any]]) -> None:
    content = content_of("notice.incident")
    del content["substances"][0]["legal_status"]["places"][1]
    content["substances"][1]["legal_status"]["places"][0]["as_of"] = "2023-03-23"
    content["substances"][2]["legal_status"]["asked"] = "NPP"
    found = problems(content)
    assert "for other places" in found["substances[0].legal_status"]
    assert "for another day" in found["substances[1].legal_status"]
    assert "another name" in found["substances[2].legal_status.asked"]


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"type": NaN}', "NaN is no number"),
        (b'{"type":"closure","type":"closure"}', "given twice"),
        (b'{"type":"letter"}', "no type of message. Write one of notice.incident, pen"),
        (b'{"type":["closure"]}', "no type of message"),
        (b"[]", "named fields"),
        (b" " * (MAX_BYTES + 1), "is the most"),
    ],
)
def test_what_is_no_message_is_refused_in_words(payload: bytes, says: str) -> None:
    with pytest.raises(MessageError, match=says):
        decode(payload)


def test_a_message_made_to_fill_the_memory_is_given_up_early() -> None:
    entries = b"{}," * (MAX_BYTES // 3 - 30)
    filled = b'{"type":"notice.incident","substances":[' + entries + b"{}]}"
    with pytest.raises(MessageError) as caught:
        decode(filled)
    assert len(caught.value.problems) == MAX_PROBLEMS + 1
    assert "the rest was not looked at" in caught.value.problems[-1].what
    many = json.dumps({"type": "closure", **{f"f{number}": 1 for number in range(100_000)}}).encode()
    with pytest.raises(MessageError, match="and 951 more"):
        decode(many)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def paths(value: Any, path: str = "") -> list[str]:
    """Give the path of every value in plain content."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    found = [] if not path else [path]
    for key, item in inner:
        place = f"{path}[{key}]" if isinstance(value, list) else f"{path}.{key}" if path else str(key)
        found += paths(item, place)
    return found


@given(data=st.data())
def test_no_value_anywhere_ends_in_anything_but_problems(
    content_of: Callable[[str], dict[str, Any]], data: st.DataObject
) -> None:
    content = content_of(data.draw(st.sampled_from(KINDS)))
    place = data.draw(st.sampled_from(paths(content)))
    put(content, place, data.draw(PLAIN.filter(lambda value: value is not None)))
    read, found = examine(content)
    assert read is None or isinstance(read, msgspec.Struct)
    assert all(problem.what and problem.cure for problem in found)
    if not found and read is not None:
        assert decode(encode(read)) == read
