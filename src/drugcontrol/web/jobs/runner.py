"""Starts the processes of jobs, one after another, and watches them; takes up what a server before it left."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from drugcontrol.web.jobs.process import BUSY, Task
from drugcontrol.web.jobs.store import Job, Outcome, Store

LOG = logging.getLogger("drugcontrol.web")
_LOOK_EVERY = 0.1
_LOOK_EVERY_IDLE = 60
_AFTER_AN_ERROR = 5
_SWEEP_EVERY = 3600
_MOST_STARTS = 3


@dataclass
class _Running:
    process: subprocess.Popen[bytes]
    begun: float
    seconds: int
    inspects: bool


class Runner:
    """Runs the jobs of a store in the background; a thread of its own only starts and watches processes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[str] = deque()
        self._running: dict[str, _Running] = {}
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, with the jobs that are not done."""
        self._ended.clear()
        for job in sorted(self._store.all(), key=lambda job: job.created):
            if self._store.state(job) in ("reading", "queued", "running"):
                self._store.write(msgspec.structs.replace(job, starts=max(0, job.starts - 1)))
                self._waiting.append(job.id)
        self._thread = threading.Thread(target=self._watch, name="jobs", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End every process; the jobs stay as they are and are taken up by the next start."""
        self._ended.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            for running in self._running.values():
                _kill(running.process)
            self._running.clear()
            self._waiting.clear()

    def submit(self, job: Job) -> None:
        """Take a job in for its next step."""
        with self._lock:
            if job.id not in self._waiting and job.id not in self._running:
                self._waiting.append(job.id)
        self._woken.set()

    def cancel(self, job_id: str) -> None:
        """End the process of a job, if it has one, and forget the job."""
        with self._lock:
            if job_id in self._waiting:
                self._waiting.remove(job_id)
            running = self._running.pop(job_id, None)
        if running is not None:
            _kill(running.process)

    def before(self, job_id: str) -> int:
        """Say how many jobs wait before this one."""
        with self._lock:
            return list(self._waiting).index(job_id) if job_id in self._waiting else 0

    def _watch(self) -> None:
        swept = time.monotonic() - _SWEEP_EVERY
        while not self._ended.is_set():
            try:
                if time.monotonic() - swept >= _SWEEP_EVERY:
                    swept = time.monotonic()
                    for job_id in self._store.sweep(datetime.now(tz=UTC)):
                        self.cancel(job_id)
                with self._lock:
                    self._collect()
                    self._launch()
                    pause = _LOOK_EVERY if self._running else _LOOK_EVERY_IDLE
            except OSError as error:  # a full disk, no further process: the jobs wait, the server stays
                LOG.error("jobs: %s", type(error).__name__)
                pause = _AFTER_AN_ERROR
            self._woken.wait(pause)
            self._woken.clear()

    def _launch(self) -> None:
        """Start what may run; a job leaves the queue last, so that whatever fails before it is tried again."""
        for job_id in list(self._waiting):
            job = self._store.find(job_id)
            if job is not None:
                inspects = job.question is None
                alike = sum(running.inspects is inspects for running in self._running.values())
                if alike >= (1 if inspects else self._store.limits.running):
                    continue
                self._begin(job, inspects)
            self._waiting.remove(job_id)

    def _begin(self, job: Job, inspects: bool) -> None:
        limits = self._store.limits
        if job.starts >= _MOST_STARTS:
            self._store.put(job.id, "outcome", Outcome(code="job_broke"))
            return
        self._store.write(msgspec.structs.replace(job, starts=job.starts + 1))
        try:
            process = self._spawn(job.id)
        except OSError:
            self._store.write(job)
            raise
        seconds = limits.inspect_seconds if inspects else limits.seconds
        self._running[job.id] = _Running(process, time.monotonic(), seconds, inspects)

    def _spawn(self, job_id: str) -> subprocess.Popen[bytes]:
        """Start a process; what it is to do goes through its standard input, not into the list of processes."""
        process = subprocess.Popen(
            [sys.executable, "-m", "drugcontrol.web.jobs.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"},  # counts what is used, not what is set aside
        )
        task = Task(str(self._store.root), job_id, self._store.limits)
        assert process.stdin is not None  # noqa: S101 - asked for above
        process.stdin.write(msgspec.json.encode(task) + b"\n")
        process.stdin.flush()
        return process

    def _collect(self) -> None:
        for job_id, running in list(self._running.items()):
            code = running.process.poll()
            if code is None:
                if time.monotonic() - running.begun > running.seconds:
                    _kill(running.process)
                    self._store.put(job_id, "outcome", Outcome(code="job_time"))
                    self._running.pop(job_id)
                continue
            _close(running.process)
            job = self._store.find(job_id)
            if job is not None and code == BUSY:
                self._store.write(msgspec.structs.replace(job, starts=job.starts - 1))
            if job is not None and (code == BUSY or self._store.state(job) in ("reading", "queued", "running")):
                self._waiting.append(job_id)
            self._running.pop(job_id)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    _close(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
