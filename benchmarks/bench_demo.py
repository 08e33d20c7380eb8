"""The demo city on an empty database: <= 60 s on either database.

The rival is Django's own way to bring a data set, ``loaddata`` of the same rows (it checks no rule, writes no log).
"""

import os
import subprocess
import sys
import tempfile
import time

from benchmarks import harness
from benchmarks.harness import Report, Result

CITY = "cimahi-2023"


def manage(*arguments: str) -> float:
    """Run a management command in a process of its own; return its seconds."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "manage.py", *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Run once a database."""
    url = os.environ.get("BENCH_URL")
    if url is None:
        harness.each_database(__file__)
        return
    kind = os.environ["BENCH_KIND"]
    folder = tempfile.mkdtemp(prefix="bench-data-")
    os.environ.update(DATABASE_URL=url, SECRET_KEY="benchmark", DEBUG="", DEMO_MODE="1", DATA_DIR=folder)
    manage("migrate", "-v0")
    mine = manage("demo", CITY)
    with harness.database(kind) as second:
        dump = os.path.join(folder, "city.json")
        manage("dumpdata", "--natural-foreign", "-e", "contenttypes", "-e", "auth.permission", "-o", dump)
        os.environ["DATABASE_URL"] = second
        manage("migrate", "-v0")
        rival = manage("loaddata", dump)
    Report().add(
        Result(
            f"demo {CITY}, {kind}", mine, "s", budget=60.0, rival="loaddata of its rows", rival_measured=rival
        )
    )


if __name__ == "__main__":
    main()
