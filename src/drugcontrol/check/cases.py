"""A lawyer's cases: questions with the answer that the law gives, run against the data."""

from collections.abc import Iterator

from drugcontrol.check.answer import Checker
from drugcontrol.check.identify import identify
from drugcontrol.check.verdict import Verdict
from drugcontrol.dates import parse_day
from drugcontrol.errors import DrugcontrolError, Problem
from drugcontrol.law.files import LawFiles
from drugcontrol.law.rows import CaseRow


def failures(files: LawFiles, checker: Checker) -> Iterator[Problem]:
    """Give every case whose answer differs from what is expected."""
    for file, content in files.cases:
        place = file.path.parent.name.upper()
        for index, case in enumerate(content.cases):
            try:
                asked = identify(case.substance, checker.names)
                answer = checker.check(asked, parse_day(case.on), [place], to=case.to)
                differences = list(_differences(case, answer.verdicts[0]))
            except DrugcontrolError as error:
                differences = [str(error)]
            for difference in differences:
                what = f"{case.substance} in {place} on {case.on}: {difference}"
                yield file.problem(what, f"The case cites: {case.cite}", "cases", index)


def vectors(files: LawFiles) -> list[dict[str, str]]:
    """Give the cases as flat values that any other tool can run."""
    return [
        {"jurisdiction": file.path.parent.name.upper(), **{key: getattr(case, key) for key in case.__struct_fields__}}
        for file, content in files.cases
        for case in content.cases
    ]


def _differences(case: CaseRow, verdict: Verdict) -> Iterator[str]:
    if verdict.status != case.expect:
        yield f"expected {case.expect}, the data say {verdict.status}"
        return
    of_instrument = [item for item in verdict.findings if case.instrument in ("", item.instrument)]
    governing = of_instrument[0] if of_instrument else None
    for key, value in (("schedule", case.schedule), ("kind", case.kind), ("since", case.since), ("until", case.until)):
        found = getattr(governing, key) if governing else ""
        if value and value != found:
            yield f"expected {key} {value}, the data say {found or 'nothing'}"
    if case.question and case.question not in {finding.question for finding in verdict.findings}:
        yield f"expected the question {case.question}"
    if case.coverage and case.coverage != verdict.coverage.state:
        yield f"expected {case.coverage} coverage, the data say {verdict.coverage.state}"
