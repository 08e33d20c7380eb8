"""A list of 50,000 rows × 20 columns as XLSX: < 6 s, resident memory growth < 40 MiB.

Ours is the real export path (query, columns, notes). The rival writes the same cells with openpyxl in write-only mode.
"""

import io
import os
import subprocess
import sys
import time

from benchmarks import harness
from benchmarks.harness import Report, Result

ROWS, COLUMNS = 50_000, 20


def table():
    """Return the benchmark's table: twenty ORM columns of job seekers."""
    from core.tables import Column, Table
    from jobseekers.models import JobSeeker

    paths = [
        ("uid", "text"),
        ("full_name", "text"),
        ("sex", "text"),
        ("birth_date", "date"),
        ("education_id", "text"),
        ("village_id", "text"),
        ("village__name", "text"),
        ("village__parent__name", "text"),
        ("birth_place", "text"),
        ("marital_status", "text"),
        ("religion", "text"),
        ("education_major", "text"),
        ("education_school", "text"),
        ("graduation_year", "int"),
        ("address", "text"),
        ("rt", "text"),
        ("rw", "text"),
        ("phone", "text"),
        ("created_at", "datetime"),
        ("version", "int"),
    ]

    class People(Table):
        title = "Orang"
        columns = [Column(f"c{i}", path, kind=kind, value=path) for i, (path, kind) in enumerate(paths)]
        permission = staticmethod(lambda user: True)

        def queryset(self, user):
            """All people."""
            return JobSeeker.objects.all()

    return People()


def ours() -> None:
    """Write the export and print seconds and growth of resident memory."""
    import tempfile

    from core import clock
    from core.selection import Selection
    from core.tables_out import Stamp, write

    selection = Selection(table(), None, {})
    before = harness.resident_mib()
    peak = [before]
    with tempfile.TemporaryFile() as target:
        start = time.perf_counter()
        count = write(
            selection,
            "xlsx",
            target,
            Stamp("Uji", clock.now()),
            lambda done: peak.append(harness.resident_mib()),
        )
        seconds = time.perf_counter() - start
        size = target.seek(0, io.SEEK_END)
    if count != ROWS:
        raise RuntimeError(f"{count} rows instead of {ROWS}")
    print(seconds, max(*peak, harness.resident_mib()) - before, size)


def theirs() -> None:
    """The same rows with openpyxl, write-only."""
    import tempfile

    import openpyxl

    from core.selection import Selection

    selection = Selection(table(), None, {})
    before = harness.resident_mib()
    start = time.perf_counter()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Orang")
    for row in selection.table.rows(selection.queryset()):
        sheet.append([str(value) if not isinstance(value, int | float) else value for value in row])
    with tempfile.TemporaryFile() as target:
        book.save(target)
    print(time.perf_counter() - start, harness.resident_mib() - before, 0)


def run(name: str, url: str) -> tuple[float, float]:
    """Run one writer in a process of its own."""
    environment = {**os.environ, "BENCH_URL": url, "BENCH_PART": name}
    out = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_xlsx"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return float(out[-3]), float(out[-2])


def main() -> None:
    """Load the people once, then run both writers, each in its own process."""
    part = os.environ.get("BENCH_PART")
    if part:
        harness.setup(os.environ["BENCH_URL"])
        {"ours": ours, "theirs": theirs}[part]()
        return
    with harness.database("sqlite") as url:
        harness.setup(url)
        from benchmarks import people
        from core.models.reference import Region
        from core.reference import load_reference

        load_reference()
        villages = list(
            Region.objects.filter(code__startswith="32.77", level="VILLAGE").values_list("code", flat=True)
        )
        people.insert_people(ROWS, villages=villages)
        mine, rival = min(run("ours", url) for _ in range(3)), min(run("theirs", url) for _ in range(2))
    report = Report()
    report.add(
        Result(
            f"XLSX {ROWS:,} × {COLUMNS}",
            mine[0],
            "s",
            budget=6.0,
            rival="openpyxl write-only",
            rival_measured=rival[0],
        )
    )
    report.add(
        Result(
            "memory growth of that export",
            mine[1],
            "MiB",
            budget=40.0,
            rival="openpyxl",
            rival_measured=rival[1],
        )
    )


if __name__ == "__main__":
    main()
