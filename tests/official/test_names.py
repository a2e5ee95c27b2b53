"""Names that lists and public vocabularies print are found when somebody types them."""

import csv

import pytest

from drugcontrol.check import Checker, identify
from drugcontrol.errors import UnknownName
from tests.official.listed import LISTS, table
from tests.official.test_lists_mx import plain

MEXICO_OTHERWISE = {
    "COCA": "the leaves, “hoja de coca”",
    "DIHIDROCODEIN": "a misprint of the text",
    "METADONA, intermediario": "“intermediario de la metadona”",
    "MORAMIDA, intermediario del": "“intermediario de la moramida”",
    "MORFINA BROMOMETILATO": "“bromometilato de morfina”",
    "PETIDINA intermediario A": "“intermediario A de la petidina”",
    "PETIDINA intermediario B": "“intermediario B de la petidina”",
    "PETIDINA intermediario C": "“intermediario C de la petidina”",
    "TENANFETAMINA | MDMA": "two substances in one entry",
    "STP, DOM": "two names",
    "CANABINOIDES SINTÉTICOS": "a class",
    "PIPERONAL O HELIOTROPINA": "two names",
    "TETRAHIDROCANNABINOL": "which isomer is meant is not said",
    "TRAZOLIDONA": "a misprint of the text",
}

GERMANY_OTHERWISE = {
    "2C-l": "a small letter L for a capital I",
    "Tetrahydrocannabinole, folgende Isomeren und ihre stereochemischen Varianten:": "a heading",
    "Phenethylphenylacetoxypipederidin": "a misprint of the text",
    "CP 47,497-C6-Homolog( cis-3-[4-": "without a space before the bracket",
    "CP 47,497-C8-Homolog( cis-3-[4-": "without a space before the bracket",
    "CP 47,497-C9-Homolog( cis-3-[4-": "without a space before the bracket",
    "( RS ; SR )-Methylphenidat": "with spaces inside",
}


def known(checker: Checker, name: str) -> bool:
    try:
        return identify(name, checker.names, "name").substance is not None
    except UnknownName:
        return False


def test_every_name_of_the_mexican_articles_is_found(checker: Checker) -> None:
    with (LISTS / "mx-lgs.csv").open(encoding="utf-8", newline="") as file:
        printed = {plain(row["printed"]) for row in csv.DictReader(file)}
    assert {name for name in printed if not known(checker, name)} == MEXICO_OTHERWISE.keys()


def test_every_leading_name_of_the_german_annexes_is_found(checker: Checker) -> None:
    lines = table("de-btmg.csv", "de/btmg-anlagen-extracted.csv")
    printed = {line[key].partition(" (")[0] for line in lines for key in ("inn", "other_name")} - {"-", "–", ""}
    missed = {name for name in printed if not known(checker, name)}
    assert {next((known for known in GERMANY_OTHERWISE if name.startswith(known)), name) for name in missed} == (
        GERMANY_OTHERWISE.keys()
    )


@pytest.mark.parametrize(
    ("name", "substance"),
    [
        ("meperidine", "pethidine"),
        ("meperidine hydrochloride", "pethidine"),
        ("dextroamphetamine sulfate", "dexamfetamine"),
        ("propoxyphene", "dextropropoxyphene"),
        ("THC", "dronabinol"),
        ("DHEA", "prasterone"),
        ("methandrostenolone", "methandienone"),
        ("androstenedione", "4-androstenedione"),
        ("metadona", "methadone"),
        ("clorhidrato de petidina", "pethidine"),
        ("anfetamina", "amfetamine"),
        ("metilfenidato", "methylphenidate"),
        ("testosterona", "testosterone"),
        ("fenobarbital", "phenobarbital"),
        ("clordiazepoxido", "chlordiazepoxide"),
        ("4-fluoroamphetamine (4-FA)", "4-fluoroamfetamine"),
        ("N-fenetil-4-piperidona (NPP)", "npp"),
    ],
)
def test_a_common_name_is_found(checker: Checker, name: str, substance: str) -> None:
    """As the law of the place or the open vocabulary (CC0) lists it; two names of one substance may stand together."""
    given = identify(name, checker.names).substance
    assert given is not None
    assert given.id == substance


@pytest.mark.parametrize("name", ["fentanyl (acetone)", "fentanyl (no such name)", "cannabis (THC)"])
def test_two_names_that_stand_for_different_things_are_not_guessed_at(checker: Checker, name: str) -> None:
    with pytest.raises(UnknownName):
        identify(name, checker.names)
