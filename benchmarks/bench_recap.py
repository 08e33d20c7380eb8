"""The recap page's data at 150,000 people: cube, cross tables, bars and pyramid; PostgreSQL < 100 ms.

The rival answers less: the cube alone, as the best single GROUP BY that we can write by hand, of which no table is made
yet. SQLite is measured too, without a promise.
"""

import os

from benchmarks import harness
from benchmarks.bench_cube import DAY, PEOPLE, load, rival_statement
from benchmarks.harness import Report, Result

BUDGET = {"postgresql": 0.100, "sqlite": None}
AGENCY = {
    "code": "cimahi",
    "name": "Dinas Tenaga Kerja",
    "government": "Pemerintah Kota Cimahi",
    "region_id": "32.77",
    "address": "Jalan Contoh Raya Nomor 1",
}


def page_data() -> tuple:
    """Return everything that the page shows: the recap, its tables, its bars, its pyramid."""
    from core.db import snapshot
    from jobseekers.recap import Recap, bars, pyramid
    from jobseekers.selectors import recap_cube

    with snapshot():
        built = Recap(recap_cube(on=DAY), base_url="/petugas/pencari-kerja/", fixed={}, picked={})
        tables = built.tables()
    return built, tables, bars(tables), pyramid(tables[1])


def check() -> None:
    """Raise unless every table and chart counts everybody."""
    built, tables, boxes, steps = page_data()
    sums = {built.total, sum(step.left + step.right for step in steps)}
    sums |= {sum(line.total.value for line in table.lines) for table in tables}
    sums |= {sum(bar.value for bar in chart.rows) for box in boxes for chart in box}
    if sums != {PEOPLE}:
        raise RuntimeError(f"the page counts {sorted(sums)} of {PEOPLE}")


def main() -> None:
    """Run once a database."""
    url = os.environ.get("BENCH_URL")
    if url is None:
        harness.each_database(__file__)
        return
    harness.setup(url)
    from django.db import connection

    from core.models.agency import AgencyProfile
    from core.models.reference import Region
    from core.reference import load_reference

    load_reference()
    AgencyProfile(**AGENCY).save()
    load(
        list(Region.objects.filter(code__startswith="32.77", level="VILLAGE").values_list("code", flat=True))
    )
    statement, parameters = rival_statement()

    def theirs():
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()

    check()
    if sum(row[4] for row in theirs()) != PEOPLE:
        raise RuntimeError("the rival does not count everybody")
    mine, rival = harness.in_turn(page_data, theirs, runs=9)
    kind = os.environ["BENCH_KIND"]
    budget = BUDGET[kind]
    Report().add(
        Result(
            f"recap page of {PEOPLE:,} people, {kind}",
            mine * 1000,
            "ms",
            budget=budget and budget * 1000,
            rival="the cube alone, plain GROUP BY of four columns",
            rival_measured=rival * 1000,
        )
    )


if __name__ == "__main__":
    main()
