import pytest

from drugcontrol.channel.shipping import container_number_holds, imo_number_holds, locode_country


@pytest.mark.parametrize("number", ["CSQU3054383", "MSKU6011672", "TGHU7599330"])
def test_a_container_number_with_its_check_digit_holds(number: str) -> None:
    assert container_number_holds(number)


@pytest.mark.parametrize("number", ["CSQU3054384", "CSQU305438", "CSQX3054383", "csqu3054383", "CSQU 3054383", ""])
def test_another_digit_letter_or_length_does_not(number: str) -> None:
    assert not container_number_holds(number)


def test_a_remainder_of_ten_counts_as_nought() -> None:
    found = [n for n in (f"AAAU{serial:06d}0" for serial in range(200)) if container_number_holds(n)]
    assert found  # ISO 6346 advises against such serials, and they are in use
    assert all(not container_number_holds(number[:-1] + "1") for number in found)


def test_two_letters_changed_for_each_other_are_found() -> None:
    assert not container_number_holds("SCQU3054383")


@pytest.mark.parametrize("number", ["IMO 9074729", "IMO9074729", "9074729", "IMO 8814275"])
def test_an_imo_number_with_its_check_digit_holds(number: str) -> None:
    assert imo_number_holds(number)


@pytest.mark.parametrize("number", ["IMO 9074728", "IMO 907472", "90747291", "IMO 0974729", ""])
def test_another_imo_number_does_not(number: str) -> None:
    assert not imo_number_holds(number)


def test_a_locode_names_its_country() -> None:
    assert (locode_country("MXLZC"), locode_country("CN SHA"), locode_country("MX1ZC")) == ("MX", "CN", None)
