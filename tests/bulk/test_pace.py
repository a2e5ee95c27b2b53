"""The sample of a run is spread over all of its input, however long that is."""

from itertools import pairwise

import pyarrow
import pytest

from drugcontrol.bulk import pace as pacing
from drugcontrol.bulk.pace import Pace
from drugcontrol.screen.run import Columns


@pytest.mark.parametrize("tables", [1, 3, 50])
def test_the_sample_is_taken_at_even_steps_over_all_rows(tables: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "SAMPLE", 10)
    pace, number = Pace(), iter(range(10_000))
    given = [pyarrow.table({"smiles": [str(next(number)) for _ in range(37)]}) for _ in range(tables)]
    assert list(pace.sampled(given, Columns())) == given
    kept = [int(text) for text in pace._sample]
    assert len({later - earlier for earlier, later in pairwise(kept)}) == 1
    assert kept[-1] > 0.9 * 37 * tables - 8
    assert 10 <= len(kept) < 20


def test_a_short_input_has_no_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "SAMPLE", 10)
    pace = Pace()
    list(pace.sampled([pyarrow.table({"smiles": ["CCO", None, ""] * 4})], Columns()))
    assert pace.reading() is None


def test_the_time_left_follows_from_what_was_read() -> None:
    pace = Pace()
    pace._began -= 60
    assert 58 <= pace.left(0.5).total_seconds() <= 62
    assert pace.left(0).total_seconds() == 0
