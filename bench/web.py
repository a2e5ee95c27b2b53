"""Time pages and API of a server that was started as a user starts it, one client after the other and 64 at once.

Prints, for a page of every kind, the first answer after the start and the median and 95th percentile of those after it,
in milliseconds and as a ratio to the limit that the project set itself; what a page of changes takes whose days nobody
asked for before; and for 64 clients the answers in a second, the errors and the memory of the server.

``python bench/web.py``
"""

import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RUNS = 60
CLIENTS = 64
EACH = 30
PAGE_LIMIT, API_LIMIT, COLD_LIMIT = 50.0, 10.0, 1000.0
"""Milliseconds: the median of a page, of a check by the API, and any answer that nothing was prepared for."""

PAGES = {
    "home": "/en/",
    "substance, all places": "/en/substance/fentanyl?on=2023-04-06",
    "class, 6 places": "/en/substance/furanylfentanyl?on=2023-04-06&in=UN,CN,US,MX,CA,GB",
    "precursor, Chinese": "/zh/substance/norfentanyl?on=2023-04-06",
    "screen": "/en/screen",
    "decisions": "/en/screen/decisions",
    "law": "/en/law",
    "place": "/en/law/places/US",
    "instrument": "/en/law/instruments/us-cfr-1308?on=2026-11-25",
    "rule": "/en/law/rules/cn-fentanyl-related",
    "changes, a year, 2 places": "/en/law/changes?from=2019-01-01&to=2019-12-31&in=CN,CA",
    "changes, 14 years, all places": "/en/law/changes?from=2012-01-01&to=2026-11-25",
    "changes, its page 3": "/es/law/changes?from=2012-01-01&to=2026-11-25&page=3",
    "compare, a family": "/en/law/compare?first=CN&second=US&on=2023-04-06&family=fentanyl",
    "compare, all substances": "/en/law/compare?first=CN&second=US&on=2023-04-06",
    "first": "/en/law/first/fentanyl?on=2023-04-06",
    "upcoming": "/en/law/upcoming?on=2026-06-01",
    "situation": "/en/situation",
    "figures": "/en/figures",
    "series": "/en/figures/us-overdose-deaths-all-drugs-12m-predicted?on=2023-04-06&law=CN,US,MX",
    "claims": "/en/claims",
    "claim": "/en/claims/deaths-rising?on=2026-11-25",
    "measures": "/en/measures?in=US,CN",
    "verify": "/en/verify",
    "API page": "/en/api",
}
CHECKS = {
    "check, 1 place": "/api/v1/check?text=norfentanyl&date=2023-04-06&in=CN",
    "check, all places": "/api/v1/check?text=fentanyl&date=2023-04-06",
    "check, a class, all places": "/api/v1/check?text=furanylfentanyl&date=2023-04-06",
}
UNSEEN = {
    "changes, all places": "/en/law/changes?from=20{year}-03-01&to=2026-10-01",
    "compare, all substances": "/en/law/compare?first=DE&second=US&on=20{year}-05-05",
    "upcoming": "/en/law/upcoming?on=20{year}-05-05",
    "substance": "/en/substance/carfentanil?on=20{year}-05-05",
}
"""Asked for days that no earlier answer helps with."""


def main() -> None:
    """Start a server, print the tables, end it."""
    begun = time.perf_counter()
    with serving() as (port, process):
        print(f"ready {time.perf_counter() - begun:.1f} s after the start, memory {memory(process)} MB")
        connection = http.client.HTTPConnection("127.0.0.1", port)
        slowest_page = table("page", connection, PAGES, PAGE_LIMIT)
        slowest_check = table("API", connection, CHECKS, API_LIMIT)
        print(f"\n{'days not asked before':34}{'p50 ms':>10}{'worst ms':>10}{'of limit':>10}")
        for name, path in UNSEEN.items():
            taken = [ask(connection, path.format(year=year)) for year in range(10, 26, 3)]
            print(f"{name:34}{statistics.median(taken):>10.1f}{max(taken):>10.1f}{max(taken) / COLD_LIMIT:>10.2f}")
        worst = slowest_page / PAGE_LIMIT, slowest_check / API_LIMIT
        print(f"\nslowest median, of its limit: page {worst[0]:.2f}, check {worst[1]:.2f}")
        all_at_once(port, process)


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """Start a server and give its port and its process."""
    command = "from drugcontrol.cli.main import main; main()"
    with tempfile.TemporaryDirectory() as state:
        arguments = [sys.executable, "-u", "-c", command, "serve", "--port", "0", "--state", state]
        server = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert server.stdout is not None
        found = re.search(r":(\d+)/", server.stdout.readline())
        assert found is not None
        try:
            yield int(found[1]), server.pid
        finally:
            server.terminate()
            server.wait()


def ask(connection: http.client.HTTPConnection, path: str) -> float:
    """Ask once and give the milliseconds; an answer that is none is an error."""
    begun = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return (time.perf_counter() - begun) * 1000


def table(title: str, connection: http.client.HTTPConnection, paths: dict[str, str], limit: float) -> float:
    """Print the times of one client and give the largest median."""
    print(f"\n{title:34}{'first ms':>10}{'p50 ms':>10}{'p95 ms':>10}{'of limit':>10}")
    medians = []
    for name, path in paths.items():
        first = ask(connection, path)
        taken = sorted(ask(connection, path) for _ in range(RUNS))
        medians.append(statistics.median(taken))
        late = taken[int(RUNS * 0.95)]
        print(f"{name:34}{first:>10.1f}{medians[-1]:>10.1f}{late:>10.1f}{medians[-1] / limit:>10.2f}")
    return max(medians)


def all_at_once(port: int, process: int) -> None:
    """Print what many clients at once get, and what memory the server has then."""
    taken: list[float] = []
    errors: list[str] = []
    paths = [*PAGES.values(), *CHECKS.values()]

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for turn in range(EACH):
            try:
                taken.append(ask(connection, paths[(number + turn) % len(paths)]))
            except Exception as error:
                errors.append(str(error))

    before = memory(process)
    begun = time.perf_counter()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    print(f"\n{CLIENTS} clients: {len(taken)} answers, {len(taken) / seconds:.0f} a second, {len(errors)} errors")
    print(f"median {statistics.median(taken):.0f} ms; memory {before} MB before, {memory(process)} MB after")


def memory(process: int) -> int:
    """Give the memory of a process in MB (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    main()
