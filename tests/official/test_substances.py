"""The registered substances: where their structures come from, and that the names that people type are found."""

import shutil
import sys
from pathlib import Path

import pytest

from drugcontrol.check import Checker, identify
from drugcontrol.law.files import DATA
from drugcontrol.law.rows import Grade, SubstanceFile, SubstanceRow, Witness
from drugcontrol.law.yamlfile import LinedFile

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import structures

SUBSTANCES = DATA / "substances"
PROPANONE = {"1-phenyl-2-propanone": "CC(=O)Cc1ccccc1", "phenylacetone": "CC(=O)Cc1ccccc1", "propan-2-one": "CC(C)=O"}
KEY = "QCCDLTOVEPVEJK-UHFFFAOYSA-N"


def registered() -> list[SubstanceRow]:
    files = [LinedFile(path).convert(SubstanceFile) for path in sorted(SUBSTANCES.glob("*.yaml"))]
    return [row for file in files for row in file.substances]


def written(directory: Path, grade: str, *witnesses: str) -> Path:
    lines = "\n".join(f"    - {{{witness}}}" for witness in witnesses)
    (directory / "some.yaml").write_text(
        f"""substances:
- id: some
  name: some
  families: [precursor]
  cas: ['103-79-7']
  structure:
    smiles: CC(=O)Cc1ccccc1
    inchikey: {KEY}
    stereo: none
    grade: {grade}
    witnesses:
{lines}
""",
        encoding="utf-8",
    )
    return directory


def fake_opsin(names: list[str]) -> list[str]:
    return [PROPANONE.get(name, "") for name in names]


def found(directory: Path) -> list[tuple[int, str]]:
    problems, _ = structures.check(directory, fake_opsin)
    return [(problem.line, problem.what.removeprefix("some: ")) for problem in problems]


def test_every_structure_has_a_witness_that_prints_a_name_or_a_key() -> None:
    silent = [
        row.id
        for row in registered()
        if row.structure and not any(one.printed or one.inchikey for one in row.structure.witnesses)
    ]
    assert silent == []


def test_the_registry_holds_more_than_nine_hundred_structures() -> None:
    keys = {row.structure.inchikey for row in registered() if row.structure}
    assert len(keys) >= 900


@pytest.mark.skipif(shutil.which("java") is None, reason="OPSIN, which reads the printed names, needs Java")
def test_what_the_laws_print_gives_every_structure_and_grade() -> None:
    problems, grades = structures.check(SUBSTANCES)
    assert [str(problem) for problem in problems] == []
    assert grades.total() == sum(row.structure is not None for row in registered())


def test_two_lists_that_print_different_names_of_it_are_enough(tmp_path: Path) -> None:
    witnesses = (
        "list: US, printed: phenylacetone",
        "list: CA, printed: 1-phenyl-2-propanone",
        "list: EU, cas: 103-79-7",
    )
    assert found(written(tmp_path, "full", *witnesses)) == []


def test_a_wrong_name_is_reported_with_its_line(tmp_path: Path) -> None:
    witnesses = ("list: US, printed: phenylacetone", "list: CA, printed: propan-2-one")
    assert found(written(tmp_path, "single", *witnesses)) == [(13, "the witness CA gives another structure")]


def test_a_wrong_name_that_is_outvoted_is_kept(tmp_path: Path) -> None:
    witnesses = ("list: US, printed: phenylacetone", "list: CA, printed: propan-2-one, outvoted: misprint")
    assert found(written(tmp_path, "single", *witnesses)) == []


@pytest.mark.parametrize(
    ("witness", "line", "what"),
    [
        ("list: US, printed: nonsense", 12, "the witness US prints a name that cannot be read"),
        ("list: US, printed: phenylacetone, outvoted: misprint", 12, "the witness US is outvoted but agrees"),
        ("list: US, printed: phenylacetone, cas: 67-64-1", 12, "the witness US has CAS 67-64-1, the row not"),
        ("list: US, note: to be filled", 12, "the witness US says nothing"),
        (
            "list: vocabulary, inchikey: CSCPPACGZOOCGX-UHFFFAOYSA-N",
            12,
            "the witness vocabulary gives another structure",
        ),
        ("list: EU, cas: 103-79-7", 8, f"no witness gives {KEY}"),
    ],
)
def test_what_else_is_reported(tmp_path: Path, witness: str, line: int, what: str) -> None:
    assert (line, what) in found(written(tmp_path, "single", witness))


@pytest.mark.parametrize(
    ("grade", "witnesses"),
    [
        ("single", ["list: US, printed: phenylacetone", "list: CA, printed: Phenylacetone, read_as: phenylacetone"]),
        ("single", ["list: US, printed: phenylacetone", "list: US, printed: 1-phenyl-2-propanone"]),
        ("single", ["list: GB, printed: phenylacetone", "list: IE, printed: 1-phenyl-2-propanone"]),
        ("single", ["list: US, printed: phenylacetone", "list: systematic, printed: 1-phenyl-2-propanone"]),
        ("full", ["list: US, printed: 1-phenyl-2-propanone", "list: CA, printed: 1-phenyl-2-propanone"]),
        ("full", ["list: US, printed: phenylacetone", f"list: vocabulary, inchikey: {KEY}"]),
    ],
)
def test_what_counts_as_independent(tmp_path: Path, grade: Grade, witnesses: list[str]) -> None:
    assert found(written(tmp_path, grade, *witnesses)) == []


def test_a_row_that_claims_too_much_is_reported(tmp_path: Path) -> None:
    given = found(written(tmp_path, "full", "list: US, printed: phenylacetone"))
    assert given == [(10, "the row says full, its witnesses give single")]


def test_less_stereo_supports_a_row_and_other_stereo_does_not() -> None:
    row = next(row for row in registered() if row.id == "levomethorphan")
    flat = "COc1ccc2CC3N(C)CCC4(CCCCC34)c2c1"
    mirror = "COc1ccc2c(c1)[C@]13CCCC[C@@H]1[C@H](C2)N(C)CC3"
    texts = {"flat": flat, "mirror": mirror, "racemate": f"{mirror} |r|"}
    readings = structures.read_names(list(texts), lambda names: [texts[name] for name in names])
    assert row.structure is not None
    said = [structures.relation(Witness(list="XA", printed=name), row.structure, readings) for name in texts]
    assert said == ["skeleton", "stereo", "skeleton"]


@pytest.mark.parametrize(
    ("name", "substance"),
    [
        ("NPP", "npp"),
        ("4-ANPP", "anpp"),
        ("4-AP", "4-anilinopiperidine"),
        ("1-boc-4-AP", "1-boc-4-ap"),
        ("norfentanilo", "norfentanyl"),
        ("MAPA", "methyl-alpha-phenylacetoacetate"),
        ("APAAN", "alpha-phenylacetoacetonitrile"),
        ("P-2-P", "1-phenyl-2-propanone"),
        ("BMK", "1-phenyl-2-propanone"),
        ("PMK glycidate", "pmk-methyl-glycidate"),
        ("BMK glycidate", "bmk-methyl-glycidate"),
        ("GBL", "gamma-butyrolactone"),
        ("phenylpropanolamine", "norephedrine"),
        ("(+)-norpseudoephedrine", "cathine"),
        ("ergonovine", "ergometrine"),
        ("Fluetonitazen", "fluetonitazene"),
        ("anhídrido acético", "acetic-anhydride"),
        ("去甲麻黄素", "norephedrine"),
        ("2933 36 00", "anpp"),
        ("56030-54-7", "sufentanil"),
        ("N-(1-Benzyl-4-piperidyl)-N-phenyl-propanamid", "benzylfentanyl"),
    ],
)
def test_names_that_people_type_are_found(checker: Checker, name: str, substance: str) -> None:
    given = identify(name, checker.names).substance
    assert given is not None
    assert given.id == substance
