"""The errors of the package, one tree.

::

    DrugcontrolError
    ├── UsageError        the question cannot be asked like this
    │   ├── UnknownName   no registered substance has that name or number
    │   └── AmbiguousName several registered substances have it
    ├── ReadError         a file cannot be read as what it says it is
    ├── DataError         rows of the law do not fit; carries every problem with file and line
    ├── MessageError      a message between authorities does not fit; carries every problem with its field
    ├── StructureError    text is no structure that can be read
    ├── SignatureError    a signed thing does not prove what it says; carries the reason as a word
    └── RegisterError     the register of entries is damaged, or would be by this entry

Each error says what is wrong (``message``) and what to do (``hint``). No message holds a structure.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class DrugcontrolError(Exception):
    """Root of all errors that this package raises on purpose.

    Parameters
    ----------
    message : str
        What is wrong, one sentence.
    hint : str
        What to do about it; may be empty.
    code : str, optional
        A finer word for programs and translations than that of the class, for instance ``cas_check_digit``.
    field : str, optional
        Which part of the question is meant, for instance ``date``.
    """

    code = "error"

    def __init__(self, message: str, hint: str = "", *, code: str = "", field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or type(self).code
        self.field = field

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(DrugcontrolError):
    """The question cannot be asked like this: a date that does not exist, an unknown jurisdiction."""

    code = "usage"


class UnknownName(UsageError):
    """No registered substance has that name or number; ``suggestions`` holds near misses."""

    code = "unknown_name"

    def __init__(self, message: str, hint: str = "", suggestions: Sequence[str] = (), *, code: str = "") -> None:
        super().__init__(message, hint, code=code, field="text")
        self.suggestions = tuple(suggestions)


class AmbiguousName(UsageError):
    """Several registered substances share that name or number; ``candidates`` holds their names."""

    code = "ambiguous_name"

    def __init__(self, message: str, hint: str = "", candidates: Sequence[str] = (), *, code: str = "") -> None:
        super().__init__(message, hint, code=code, field="text")
        self.candidates = tuple(candidates)


class ReadError(DrugcontrolError):
    """A file cannot be read as what it says it is."""

    code = "unreadable_file"


class StructureError(DrugcontrolError):
    """Text is no structure that can be read; the message never repeats the text."""

    code = "unreadable_structure"


class SignatureError(DrugcontrolError):
    """A statement, checkpoint, receipt or sealed content does not prove what it says.

    Parameters
    ----------
    reason : str
        One word for programs and tests, for instance ``wrong_recipient`` or ``expired_key``.
    message, hint : str
        As in every error of the package.
    """

    code = "signature"

    def __init__(self, reason: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.reason = reason


class RegisterError(DrugcontrolError):
    """The register does not agree with itself, or an entry cannot be made without breaking it."""

    code = "register"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not fit in a data file.

    Attributes
    ----------
    file : str
        Path as the reader would open it.
    line : int
        Line number, the first line is 1.
    what : str
        What is wrong.
    cure : str
        What to write instead.
    """

    file: str
    line: int
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.cure}".strip()


class DataError(DrugcontrolError):
    """Rows of the law do not fit; ``problems`` holds each with file, line and cure."""

    code = "bad_data"

    def __init__(self, problems: Sequence[Problem]) -> None:
        shown = "\n".join(str(problem) for problem in problems[:20])
        more = f"\n... and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__(f"{len(problems)} problem(s) in the data files:\n{shown}{more}")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing that does not fit in a message.

    Attributes
    ----------
    field : str
        Where it stands, for example ``substances[1].cas``; empty for the message as a whole.
    what : str
        What is wrong.
    cure : str
        What to write instead.
    line : int
        Line in the file that a person wrote, the first is 1; 0 where there is none.
    """

    field: str
    what: str
    cure: str
    line: int = 0

    def __str__(self) -> str:
        place = f"line {self.line}, " if self.line else ""
        return f"{place}{self.field or 'message'}: {self.what}. {self.cure}".strip()


class MessageError(DrugcontrolError):
    """A message does not fit; ``problems`` holds all of them, each with its field and cure."""

    code = "bad_message"

    def __init__(self, name: str, problems: Sequence[FieldProblem]) -> None:
        shown = "\n".join(str(problem) for problem in problems[:50])
        more = f"\n... and {len(problems) - 50} more" if len(problems) > 50 else ""
        super().__init__(f"{len(problems)} problem(s) in {name}:\n{shown}{more}")
        self.problems = tuple(problems)
