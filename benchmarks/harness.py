"""What every benchmark shares: a database of its own, a fair clock, one way to print.

A result line names the promise, what was measured, the budget, the rival and the ratio. Nothing here asserts: a slow
machine prints "LEWAT", it does not fail a build.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SIZE = os.environ.get("SIZE", "small")
POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")


@dataclass
class Result:
    """One measured promise."""

    name: str
    measured: float
    unit: str
    budget: float | None = None
    rival: str = ""
    rival_measured: float | None = None
    ratio_budget: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours ÷ rival's; below 1 we are better."""
        return self.measured / self.rival_measured if self.rival_measured else None

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        within = self.budget is None or self.measured < self.budget
        return within and (self.ratio_budget is None or self.ratio is None or self.ratio < self.ratio_budget)

    def line(self) -> str:
        """The result in one line."""
        parts = [f"{'TEPAT' if self.kept else 'LEWAT'}  {self.name}: {self.measured:.3f} {self.unit}"]
        if self.budget is not None:
            parts.append(f"budget {self.budget:g} {self.unit}")
        if self.rival_measured is not None:
            parts.append(f"rival {self.rival} {self.rival_measured:.3f} {self.unit}")
            parts.append(
                f"ratio {self.ratio:.2f}" + (f" (budget {self.ratio_budget:g})" if self.ratio_budget else "")
            )
        if self.note:
            parts.append(self.note)
        return " · ".join(parts)


@dataclass
class Report:
    """The results of one script."""

    results: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> Result:
        """Keep and print a result."""
        self.results.append(result)
        print(result.line(), flush=True)
        return result


def timed(work: Callable, *, runs: int = 5, warmup: int = 1) -> float:
    """Return the median seconds of `runs` calls after `warmup` calls that are not counted."""
    for _ in range(warmup):
        work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def in_turn(ours: Callable, theirs: Callable, *, runs: int = 5, warmup: int = 1) -> tuple[float, float]:
    """Return both medians, the two measured in turn, so that a drifting machine hits both alike."""
    for _ in range(warmup):
        ours()
        theirs()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for place, work in enumerate((ours, theirs)):
            start = time.perf_counter()
            work()
            taken[place].append(time.perf_counter() - start)
    return statistics.median(taken[0]), statistics.median(taken[1])


def resident_mib() -> float:
    """Return the resident memory of this process now, MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS in /proc/self/status")


def peak_mib() -> float:
    """Return the peak resident memory of this process, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def postgres_there() -> bool:
    """Whether a PostgreSQL server answers."""
    import psycopg

    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError as error:
        print(f"dilewati: PostgreSQL tidak menjawab ({str(error).splitlines()[0]})", file=sys.stderr)
        return False
    return True


@contextmanager
def database(kind: str) -> Iterator[str]:
    """Give a fresh database URL ("sqlite" or "postgresql"), removed afterwards."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            yield f"sqlite:///{folder}/bench.sqlite3"
        return
    import psycopg

    name = f"bench_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield POSTGRES.rsplit("/", 1)[0] + "/" + name
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def cursor():
    """A cursor of Django's connection; only after `setup`."""
    from django.db import connection

    return connection.cursor()


def setup(url: str) -> None:
    """Start Django on `url` and migrate; once a process."""
    folder = tempfile.mkdtemp(prefix="bench-data-")
    os.environ.update(
        DATABASE_URL=url,
        SECRET_KEY="benchmark",
        DEBUG="",
        DEMO_MODE="1",
        DATA_DIR=folder,
        LOG_LEVEL="WARNING",
    )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def each_database(script: str, kinds: tuple[str, ...] = ("sqlite", "postgresql")) -> None:
    """Run `script` once a database, each time in a process of its own with BENCH_URL set."""
    import subprocess

    for kind in kinds:
        if kind == "postgresql" and not postgres_there():
            continue
        with database(kind) as url:
            print(f"-- {Path(script).stem} on {kind}", flush=True)
            environment = {**os.environ, "BENCH_URL": url, "BENCH_KIND": kind}
            subprocess.run(
                [sys.executable, "-m", f"benchmarks.{Path(script).stem}"], env=environment, check=True
            )
