"""What the registry could not settle is told by name and reason."""

from drugcontrol.law import Law
from drugcontrol.law.unresolved import unresolved


def test_every_structure_is_settled_by_two_witnesses_or_told(law: Law) -> None:
    told = {row.substance.id for row in unresolved(law)}
    for substance in law.substances.values():
        settled = substance.structure is not None and substance.structure.grade == "full"
        assert settled != (substance.id in told)


def test_a_plant_has_its_reason_and_the_places_that_name_it(law: Law) -> None:
    opium = next(row for row in unresolved(law) if row.substance.id == "opium")
    assert (opium.lack, opium.substance.no_structure, opium.witnesses) == ("none", "material", ())
    assert "UN" in opium.named_in


def test_one_witness_is_named_and_so_is_one_that_is_outvoted(law: Law) -> None:
    rows = {row.substance.id: row for row in unresolved(law)}
    row = rows["bretazenil"]
    assert (row.lack, row.witnesses, row.outvoted) == ("single", ("GB",), ("vocabulary",))


def test_only_what_the_lists_of_a_place_name_is_given(law: Law) -> None:
    given = unresolved(law, ["UN"])
    assert given
    assert all("UN" in row.named_in for row in given)
    assert len(given) < len(unresolved(law))
