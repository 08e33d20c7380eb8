"""All figures of a year, cold: on the demo, and at 1,000,000 people with 500,000 placements (SIZE=full).

The rival of the large case is the best single statement for each measure that the year asks (benchmarks/rivals.py),
against the same tables with the same indexes in one snapshot; both must give the same numbers, else the bench stops.
What lkip adds around them must stay below half of their time.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import harness
from benchmarks.harness import Report, Result
from benchmarks.rivals import RIVALS

CITY, YEAR = "cimahi-2023", 2023
COLD = (
    "import os,time,django;django.setup();from lkip.figures import compute;"
    "s=time.perf_counter();y=compute(2023);print(time.perf_counter()-s,len(y.all()))"
)


class Asked:
    """Writes down what `compute` asks of the measures, with the answers, by listening at their door."""

    def __init__(self) -> None:
        """Nothing asked yet."""
        self.questions: list[tuple[str, str, object, int]] = []

    def _note(self, code: str, split: str, period, answer: int) -> None:
        self.questions.append((code, split, period, answer))

    @contextmanager
    def listening(self, measures) -> Iterator[None]:
        """Listen for the length of the block."""
        kept = {
            name: getattr(measures, name) for name in ("value", "cells", "evidence_count", "evidence_cells")
        }
        value, cells, count, counts = kept.values()

        def asked_value(code, period, filters=None):
            answer = value(code, period, filters)
            self._note(code, ", ".join(filters or {}), period, answer)
            return answer

        def asked_cells(code, period, by, filters=None):
            answer = cells(code, period, by, filters)
            self._note(code, f"by {', '.join(by)}", period, sum(number for _, number in answer))
            return answer

        def asked_count(code, period, filters=None):
            answer = count(code, period, filters)
            self._note(code, "evidence", period, answer)
            return answer

        def asked_counts(code, period, by, filters=None):
            answer = counts(code, period, by, filters)
            self._note(code, f"evidence by {', '.join(by)}", period, sum(number for _, number in answer))
            return answer

        asked = dict(zip(kept, (asked_value, asked_cells, asked_count, asked_counts), strict=True))
        try:
            for name, function in asked.items():
                setattr(measures, name, function)
            yield
        finally:
            for name, function in kept.items():
                setattr(measures, name, function)


def rivals_of(questions: list[tuple[str, str, object, int]]) -> list[tuple[str, dict]]:
    """Return the rival's statement for each question; each must give the same answer as ours."""
    from django.db import connection

    found = []
    for code, split, period, answer in questions:
        statement, span = RIVALS[(code, split)], {"first": period.start, "day": period.end}
        with connection.cursor() as cursor:
            cursor.execute(statement, span)
            theirs = sum(row[-1] for row in cursor.fetchall())
        if theirs != answer:
            raise SystemExit(f"{code} {split}: the rival counts {theirs}, the measure {answer}")
        found.append((statement, span))
    return found


def small(report: Report, kind: str) -> None:
    """The demo: first call of a new process, three processes, the median."""
    from django.core.management import call_command

    call_command("demo", CITY, verbosity=0)
    taken = []
    for _ in range(3):
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}
        out = subprocess.run(
            [sys.executable, "-c", COLD], env=environment, check=True, capture_output=True, text=True
        ).stdout.split()
        taken.append((float(out[0]), out[1]))
    seconds, count = sorted(taken)[1]
    report.add(Result(f"{count} figures of {CITY}, cold, {kind}", seconds, "s", budget=1.0))


def large(report: Report) -> None:
    """A million people on PostgreSQL; compute() against the hand-written statements, in turn."""
    from django.db import connection

    from benchmarks import people
    from core import measures
    from core.db import snapshot
    from core.models.reference import Region
    from lkip.figures import compute

    size, placed = (1_000_000, 500_000) if harness.SIZE == "full" else (100_000, 50_000)
    villages = list(Region.objects.filter(level="VILLAGE").values_list("code", flat=True)[:15])
    start = time.perf_counter()
    first = people.load_people(size, villages=villages)
    people.load_cards(first, size // 2)
    people.load_placements(first, size, placed)
    people.settle()
    print(f"   loaded {size:,} people, {placed:,} placements in {time.perf_counter() - start:.1f} s")
    asked = Asked()
    with asked.listening(measures):
        compute(YEAR)
    statements = rivals_of(asked.questions)

    def theirs():
        with snapshot(), connection.cursor() as cursor:
            for statement, span in statements:
                cursor.execute(statement, span)
                cursor.fetchall()

    mine, rival = harness.in_turn(lambda: compute(YEAR), theirs)
    report.add(
        Result(
            f"all figures over {size:,} people and {placed:,} placements, PostgreSQL",
            mine,
            "s",
            rival=f"the best single statement of each of the {len(statements)} measures asked",
            rival_measured=rival,
            ratio_budget=1.5,
        )
    )


def main() -> None:
    """Run once a database."""
    url = os.environ.get("BENCH_URL")
    if url is None:
        harness.each_database(__file__)
        return
    harness.setup(url)
    kind = os.environ["BENCH_KIND"]
    report = Report()
    small(report, kind)
    if kind == "postgresql":
        large(report)


if __name__ == "__main__":
    main()
