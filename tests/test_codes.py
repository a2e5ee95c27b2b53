import pytest

from drugcontrol.codes import cas_check_digit_holds, customs_digits, is_cas_shaped, is_inchikey


@pytest.mark.parametrize("number", ["437-38-7", "21409-26-7", "67-64-1", "7732-18-5", "2167189-50-4"])
def test_published_cas_numbers_hold_their_check_digit(number: str) -> None:
    assert cas_check_digit_holds(number)


@pytest.mark.parametrize("number", ["1609-66-5", "437-38-8", "21409-26", "abc", ""])
def test_a_wrong_digit_is_seen(number: str) -> None:
    assert not cas_check_digit_holds(number)


@pytest.mark.parametrize("digit", range(10))
def test_every_other_last_digit_is_wrong(digit: int) -> None:
    assert cas_check_digit_holds(f"39742-60-{digit}") == (digit == 4)


@pytest.mark.parametrize(
    ("text", "digits"),
    [("2933 36 00", "29333600"), ("2933.36", "293336"), ("ex 2918 30 00", "29183000"), ("29333600", "29333600")],
)
def test_customs_codes_are_read_in_every_usual_form(text: str, digits: str) -> None:
    assert customs_digits(text) == digits


@pytest.mark.parametrize("text", ["2933", "4-AP", "2933 36 0", "fentanyl", "437-38-7"])
def test_other_texts_are_no_customs_codes(text: str) -> None:
    assert customs_digits(text) is None


def test_forms_are_told_apart() -> None:
    assert is_inchikey("PJMPHNIQZUBGLI-UHFFFAOYSA-N")
    assert not is_inchikey("PJMPHNIQZUBGLI")
    assert is_cas_shaped("437-38-8")
    assert not is_cas_shaped("2933 36 00")
