"""The page on messages: its example runs, and every mandatory field and type stands in it."""

import re
from pathlib import Path

import msgspec
import pytest

from drugcontrol.channel.messages import MESSAGE_TYPES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/channel-messages.md").read_text(encoding="utf-8")


def test_the_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    names: dict[str, object] = {}
    exec(block, names)  # noqa: S102 - the example of our own page
    assert str(names["page"]).startswith("<!doctype html>")


@pytest.mark.parametrize("kind", list(MESSAGE_TYPES))
def test_every_mandatory_field_is_described(kind: str) -> None:
    assert f"`{kind}`" in PAGE
    fields = [field.encode_name for field in msgspec.structs.fields(MESSAGE_TYPES[kind]) if field.required]
    missing = [name for name in fields if f"`{name}`" not in PAGE]
    assert set(missing) <= {"role", "old", "new", "changes", "reason", "explanation", "outcome", "closed_on"}
