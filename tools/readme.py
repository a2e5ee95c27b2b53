"""Keep the README true: every block after ``<!-- run: COMMAND -->`` is what the command prints.

``make docs`` writes the blocks anew; a test compares them.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

_BLOCK = re.compile(r"(<!-- run: (?P<command>.+?) -->\n```text\n)(?P<printed>.*?)(```\n)", re.DOTALL)


def printed(command: str) -> str:
    """Give what a command prints, as the README has it: without the digest, which changes with every row."""
    program, *arguments = shlex.split(command)
    if program != "drugcontrol":
        raise SystemExit(f"The README runs drugcontrol only, not {program}.")
    code = [sys.executable, "-c", "from drugcontrol.cli.main import main; main()", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"}
    done = subprocess.run(code, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment, check=True)
    return re.sub(r"(20\d\d\.\d\d\.\d\d)\+[0-9a-f]{16}", r"\1+...", done.stdout)


def filled(text: str) -> str:
    """Give the README with every block as printed now."""
    return _BLOCK.sub(lambda match: f"{match[1]}{printed(match['command'])}{match[4]}", text)


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
