"""One value, one encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.channel.encoding import MAX_BYTES, decode, encode
from drugcontrol.errors import ReadError

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**64), 2**64 - 1), st.binary(max_size=40), st.text(max_size=40)
)
keys = st.one_of(st.integers(-(2**64), 2**64 - 1), st.text(max_size=10))
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5), max_leaves=30
)


@given(values)
def test_what_is_encoded_is_read_back(value: object) -> None:
    assert decode(encode(value)) == value


@given(st.dictionaries(keys, scalars, max_size=8))
def test_the_order_in_which_a_map_was_filled_does_not_matter(value: dict[object, object]) -> None:
    assert encode(dict(reversed(value.items()))) == encode(value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    try:
        value = decode(data)
    except ReadError:
        return
    assert encode(value) == data


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("1817", id="an integer longer than needed"),
        pytest.param("fb3ff0000000000000", id="a float"),
        pytest.param("f7", id="undefined"),
        pytest.param("f0", id="a simple value without meaning"),
        pytest.param("5f41004101ff", id="a byte string of open length"),
        pytest.param("9f01ff", id="an array of open length"),
        pytest.param("a201010102", id="a key twice"),
        pytest.param("a2020101f5", id="keys out of order"),
        pytest.param("a1f501", id="a key that is true"),
        pytest.param("a1410101", id="a key that is a byte string"),
        pytest.param("a18001", id="a key that is an array"),
        pytest.param("0102", id="bytes after the end"),
        pytest.param("", id="nothing"),
        pytest.param("62c328", id="text that is not UTF-8"),
        pytest.param("9bffffffffffffffff", id="an array said to be endless"),
        pytest.param("5b7fffffffffffffff", id="a string said to be endless"),
        pytest.param("81" * 40 + "01", id="nesting without end"),
        pytest.param("c11a5f5e1000", id="a tagged time"),
        pytest.param("c249010000000000000000", id="a big number"),
        pytest.param("d8236328612b", id="a regular expression"),
    ],
)
def test_bytes_that_are_not_the_one_encoding_are_refused(data: str) -> None:
    with pytest.raises(ReadError):
        decode(bytes.fromhex(data))


@pytest.mark.parametrize("tag", [*range(0, 300), 1004, 43000, 55799, 2**32])
def test_no_tag_is_read(tag: int) -> None:
    head = encode(tag)
    with pytest.raises(ReadError):
        decode(bytes([head[0] | 0xC0]) + head[1:] + b"\x61a")


def test_long_input_is_refused_before_it_is_read() -> None:
    with pytest.raises(ReadError, match="more than"):
        decode(b"\x5a\x00\x01\x00\x00" + bytes(MAX_BYTES))


@pytest.mark.parametrize("value", [1.5, {1, 2}, 2**64, {b"a": 1}, {True: 1}, "\ud800", {1: {2: object()}}])
def test_a_value_outside_the_subset_cannot_be_encoded(value: object) -> None:
    with pytest.raises(ReadError):
        encode(value)


def test_a_value_nested_too_deep_cannot_be_encoded() -> None:
    value: object = 1
    for _ in range(20):
        value = [value]
    with pytest.raises(ReadError, match="deep"):
        encode(value)
