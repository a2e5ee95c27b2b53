"""How much a screening job may take."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits of every job; whoever serves can set some of them.

    Attributes
    ----------
    upload_bytes : int
        Of a file as it is sent.
    unpacked_bytes : int
        Of its content, when it was packed.
    rows, columns : int
        Of a file.
    answers : int
        Rows of a result, one for each row and place that is kept: what a page can still choose from and order.
    line_bytes, record_bytes : int
        Of one line, and of one record of an SDF file.
    name_chars, row_chars : int
        Of the name of a column, and of all cells of a row, the structure of an SDF record apart.
    result_bytes : int
        Of any file that a job writes.
    memory_bytes : int
        Of each process of a job.
    seconds, inspect_seconds : int
        Of a run, and of looking into a file before it.
    running : int
        Jobs that run at the same time; the others wait.
    jobs, jobs_of_one : int
        Jobs that are kept, of all people and of one.
    kept_bytes, decision_bytes : int
        Of all files that were sent and are kept, and of all decisions.
    report_rows : int
        Rows with findings that the report in HTML takes, with drawings.
    keep_days : int
        Days until a job is deleted.
    """

    upload_bytes: int = 200 * MEGABYTE
    unpacked_bytes: int = 2000 * MEGABYTE
    rows: int = 1_000_000
    columns: int = 500
    answers: int = 3_000_000
    line_bytes: int = MEGABYTE
    record_bytes: int = 10 * MEGABYTE
    name_chars: int = 500
    row_chars: int = 100_000
    result_bytes: int = 5000 * MEGABYTE
    memory_bytes: int = 4000 * MEGABYTE
    seconds: int = 3600
    inspect_seconds: int = 60
    running: int = 1
    jobs: int = 500
    jobs_of_one: int = 20
    kept_bytes: int = 20_000 * MEGABYTE
    decision_bytes: int = 500 * MEGABYTE
    report_rows: int = 2000
    keep_days: int = 7
