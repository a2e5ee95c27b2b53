"""Time pages and API of a server that was started as a user starts it, one client after the other and 64 at once.

Prints the median and the 95th percentile in milliseconds, and for 64 clients the answers in a second, the errors and
the memory of the server.
"""

import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

RUNS = 200
CLIENTS = 64
EACH = 30

PATHS = {
    "page, home": "/en/",
    "page, substance, 10 places": "/en/substance/fentanyl?on=2023-04-06",
    "page, class, 6 places": "/en/substance/furanylfentanyl?on=2023-04-06&in=UN,CN,US,MX,CA,GB",
    "API, check, 1 place": "/api/v1/check?text=norfentanyl&date=2023-04-06&in=CN",
    "API, check, 10 places": "/api/v1/check?text=fentanyl&date=2023-04-06",
}


def ask(connection: http.client.HTTPConnection, path: str) -> float:
    """Ask once and give the milliseconds; an answer that is none is an error."""
    begun = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return (time.perf_counter() - begun) * 1000


def one_after_the_other(port: int) -> None:
    """Print the times of one client."""
    print(f"{'one client':34}{'p50 ms':>10}{'p95 ms':>10}")
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for name, path in PATHS.items():
        for _ in range(10):
            ask(connection, path)
        taken = sorted(ask(connection, path) for _ in range(RUNS))
        print(f"{name:34}{statistics.median(taken):>10.1f}{taken[int(RUNS * 0.95)]:>10.1f}")


def all_at_once(port: int, process: int) -> None:
    """Print what many clients at once get, and what memory the server has then."""
    taken: list[float] = []
    errors: list[str] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for turn in range(EACH):
            try:
                taken.append(ask(connection, list(PATHS.values())[turn % len(PATHS)]))
            except Exception as error:
                errors.append(str(error))

    before = memory(process)
    begun = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
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


def main() -> None:
    """Start a server, print the tables, end it."""
    command = "from drugcontrol.cli.main import main; main()"
    with tempfile.TemporaryDirectory() as state:
        arguments = [sys.executable, "-u", "-c", command, "serve", "--port", "0", "--state", state]
        server = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert server.stdout is not None
        found = re.search(r":(\d+)/", server.stdout.readline())
        assert found is not None
        try:
            one_after_the_other(int(found[1]))
            all_at_once(int(found[1]), server.pid)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
