"""All figures of a year, cold: on the demo, and at 1,000,000 people with 500,000 placements (SIZE=full).

The rival of the large case is the best single statement for each measure, hand-written against the same tables with the
same indexes in the same snapshot; what lkip adds around them must stay below half of their time.
"""

import os
import subprocess
import sys
import time

from benchmarks import harness
from benchmarks.harness import Report, Result

CITY, YEAR = "cimahi-2023", 2023
COLD = (
    "import os,time,django;django.setup();from lkip.figures import compute;"
    "s=time.perf_counter();y=compute(2023);print(time.perf_counter()-s,len(y.all()))"
)

RIVALS = (
    "SELECT count(*) FROM jobseekers_ak1card WHERE kind IN ('NEW','RENEWAL') AND issued_on BETWEEN %(a)s AND %(b)s",
    "SELECT count(*) FROM placements_channelreport r JOIN placements_placement p ON p.id = r.placement_id "
    "WHERE r.state = 'VERIFIED' AND p.started_on BETWEEN %(a)s AND %(b)s",
    "SELECT r.channel, count(*) FROM placements_channelreport r JOIN placements_placement p ON p.id = r.placement_id "
    "WHERE r.state = 'VERIFIED' AND p.started_on BETWEEN %(a)s AND %(b)s GROUP BY 1",
    "SELECT count(DISTINCT p.jobseeker_id) FROM placements_placement p WHERE p.started_on BETWEEN %(a)s AND %(b)s "
    "AND EXISTS (SELECT 1 FROM placements_channelreport r WHERE r.placement_id = p.id AND r.state = 'VERIFIED')",
    "SELECT count(DISTINCT p.jobseeker_id) FROM placements_placement p WHERE p.started_on BETWEEN %(a)s AND %(b)s "
    "AND EXISTS (SELECT 1 FROM placements_channelreport r WHERE r.placement_id = p.id AND r.state = 'VERIFIED') "
    "AND EXISTS (SELECT 1 FROM jobseekers_ak1card c WHERE c.jobseeker_id = p.jobseeker_id "
    "AND c.kind IN ('NEW','RENEWAL') AND c.issued_on BETWEEN %(a)s AND %(b)s)",
)
MEASURED = (
    ("jobseekers.ak1_cards", None),
    ("placements.placement_reports", None),
    ("placements.placement_reports", ("channel",)),
    ("placements.placed_persons", None),
    ("placements.placed_persons_with_card", None),
)


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
    from core.measures import Period
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
    period = Period.year(YEAR)
    span = {"a": period.start, "b": period.end}

    def ours():
        with snapshot():
            for code, by in MEASURED:
                measures.cells(code, period, by) if by else measures.value(code, period)

    def theirs():
        with snapshot(), connection.cursor() as cursor:
            for statement in RIVALS:
                cursor.execute(statement, span)
                cursor.fetchall()

    mine, rival = harness.in_turn(ours, theirs)
    report.add(
        Result(
            f"measures over {size:,} people, PostgreSQL",
            mine,
            "s",
            rival="best single statements",
            rival_measured=rival,
            ratio_budget=1.5,
        )
    )
    mine, rival = harness.in_turn(lambda: compute(YEAR), theirs, runs=3)
    report.add(
        Result(
            f"all figures over {size:,} people, PostgreSQL",
            mine,
            "s",
            rival="best single statements of the placement and card measures alone",
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
