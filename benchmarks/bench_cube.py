"""The kelurahan × education × sex × age cube at 150,000 people: PostgreSQL < 100 ms, SQLite < 250 ms.

The rival is the same question as plain SQL that groups by a CASE on the birth date.
"""

import os
from datetime import date

from benchmarks import harness
from benchmarks.harness import Report, Result

PEOPLE = 150_000
DAY = date(2023, 12, 31)
BUDGET = {"postgresql": 0.100, "sqlite": 0.250}


def rival_statement() -> tuple[str, list]:
    """Return the hand-written cube: GROUP BY four columns, the age by CASE on cut-off dates."""
    cuts = [date(DAY.year - age, DAY.month, DAY.day) for age in (20, 30, 45, 55)]
    case = " ".join("WHEN birth_date > %s THEN " + str(i) for i in range(4))
    return (
        f"SELECT village_id, education_id, sex, CASE {case} ELSE 4 END, count(*) FROM jobseekers_jobseeker "
        "WHERE merged_into_id IS NULL AND erased_at IS NULL GROUP BY 1, 2, 3, 4",
        cuts,
    )


def load(villages: list[str]) -> None:
    """Load the people: COPY on PostgreSQL, executemany on SQLite."""
    from django.db import connection

    from benchmarks import people

    if connection.vendor == "postgresql":
        people.load_people(PEOPLE, villages=villages)
    else:
        people.insert_people(PEOPLE, villages=villages)
    people.settle()


def main() -> None:
    """Run once a database."""
    url = os.environ.get("BENCH_URL")
    if url is None:
        harness.each_database(__file__)
        return
    harness.setup(url)
    from django.db import connection

    from core.models.reference import Region
    from core.reference import load_reference
    from jobseekers.selectors import recap_cube

    load_reference()
    load(
        list(Region.objects.filter(code__startswith="32.77", level="VILLAGE").values_list("code", flat=True))
    )
    statement, parameters = rival_statement()

    def theirs():
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()

    total = sum(cell.count for cell in recap_cube(on=DAY))
    if total != PEOPLE or sum(row[4] for row in theirs()) != PEOPLE:
        raise RuntimeError(f"the cube counts {total} of {PEOPLE}")
    mine, rival = harness.in_turn(lambda: recap_cube(on=DAY), theirs, runs=9)
    kind = os.environ["BENCH_KIND"]
    Report().add(
        Result(
            f"cube of {PEOPLE:,} people, {kind}",
            mine * 1000,
            "ms",
            budget=BUDGET[kind] * 1000,
            rival="plain GROUP BY of four columns",
            rival_measured=rival * 1000,
        )
    )


if __name__ == "__main__":
    main()
