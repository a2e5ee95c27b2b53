"""Build hook: compile the law into ``data/edition.json``, so that an installed package reads one file and no YAML.

The examples that the pages offer are put beside the pages.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Compile the edition when a wheel is built; an editable install reads the YAML files as they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled edition beside the build and put it into the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from drugcontrol.law.files import encode, read_files
        from drugcontrol.law.validate import problems

        files = read_files()
        found = problems(files)
        if found:
            raise SystemExit("\n".join(str(problem) for problem in found))
        compiled = Path(self.directory) / "edition.json"
        compiled.parent.mkdir(parents=True, exist_ok=True)
        compiled.write_bytes(encode(files.edition()))
        build_data["force_include"][str(compiled)] = "drugcontrol/data/edition.json"
        for path in (Path(self.root) / "examples").glob("*.csv"):
            build_data["force_include"][str(path)] = f"drugcontrol/web/examples/{path.name}"
