"""Note that the translations of a group of page texts were compared with the English ones as they are now.

``python tools/wording.py GROUP ...`` (all groups without one) writes ``tests/web/reviewed/GROUP.json``: the digest of
each English text. A test fails where the English text is another one by then:
look at the Spanish and Chinese ones again.
"""

import hashlib
import json
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
WORDING = ROOT / "src/drugcontrol/web/wording"
REVIEWED = ROOT / "tests/web/reviewed"


def digests(path: Path) -> dict[str, str]:
    """Give a short digest of each English text of a group."""
    texts: dict[str, dict[str, str]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return {key: hashlib.sha256(text["en"].encode()).hexdigest()[:12] for key, text in texts.items()}


def main() -> None:
    """Write the digests of the groups that are named."""
    for name in sys.argv[1:] or sorted(path.stem for path in WORDING.glob("*.yaml")):
        content = json.dumps(digests(WORDING / f"{name}.yaml"), indent=1)
        (REVIEWED / f"{name}.json").write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
