"""YAML with line numbers: every scalar is text, duplicate keys are refused, errors name file, line and cure."""

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from drugcontrol.errors import DataError, Problem

try:  # libyaml is part of the wheels for common machines; the Python reader gives the same answers
    from yaml import CBaseLoader as _Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

T = TypeVar("T")
Place = tuple[str | int, ...]
"""Where a value stands in a file, for example ``("listings", 3, "substance")``."""

_STEP = re.compile(r"\.([A-Za-z_]+)|\[(\d+)\]|\[\.\.\.\]")


class LinedFile:
    """A data file that was read: its content and the line of each value."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: dict[Place, int] = {}
        self._problems: list[Problem] = []
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
        except UnicodeDecodeError:
            raise DataError([Problem(str(path), 1, "The file is not UTF-8 text", "Save it as UTF-8")]) from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or "The file is no YAML"
            cure = "Quote texts that hold ': ' or '#', and check the indentation"
            raise DataError([Problem(str(path), mark.line + 1 if mark else 1, what, cure)]) from None
        self.content: Any = {} if node is None else self._plain(node, ())
        if self._problems:
            raise DataError(self._problems)

    def line(self, *place: str | int) -> int:
        """Give the line of a value, or of the nearest value around it."""
        steps = tuple(place)
        while steps and steps not in self._lines:
            steps = steps[:-1]
        return self._lines.get(steps, 1)

    def problem(self, what: str, cure: str, *place: str | int) -> Problem:
        """Describe a problem at a value of this file."""
        return Problem(str(self.path), self.line(*place), what, cure)

    def convert(self, row_type: type[T], guide: str = "docs/data-guide.md") -> T:
        """Turn the content into rows; `guide` is where the keys and values are described.

        Raises
        ------
        DataError
            With the line of the value that does not fit.
        """
        try:
            return msgspec.convert(self.content, row_type, strict=False)
        except msgspec.ValidationError as error:
            what, _, path = str(error).partition(" - at `$")
            place = tuple(name or int(index) for name, index in _STEP.findall(path) if name or index)
            raise DataError([self.problem(what, f"See {guide} for the keys and values", *place)]) from None

    def _plain(self, node: yaml.Node, place: Place) -> Any:
        self._lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            content: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in content:
                    cure = "Keep one of them"
                    self._problems.append(
                        Problem(str(self.path), key_node.start_mark.line + 1, f"The key “{key}” is given twice", cure)
                    )
                content[key] = self._plain(value_node, (*place, key))
            return content
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*place, index)) for index, item in enumerate(node.value)]
        return node.value
