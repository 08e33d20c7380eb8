"""Run the suite on the databases that this machine offers.

Without an option: everything on SQLite, then what needs PostgreSQL and Redis on these, if they answer. `--sqlite`: the
first part alone. `--postgres`, or a PostgreSQL DATABASE_URL in the environment: everything on PostgreSQL and Redis.
`--without a,b` leaves out markers on purpose. With CI=true a missing server or program is a failure.
"""

import argparse
import getpass
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import capabilities  # noqa: E402

SERVERS = ("postgres", "redis")


def find_servers() -> dict[str, str]:
    """Return the addresses of the PostgreSQL and Redis servers that answer, as environment variables."""
    user = getpass.getuser()
    databases = [os.environ.get("DATABASE_URL", "")]
    databases += [f"postgres://{name}@127.0.0.1:5432/postgres" for name in (user, "postgres")]
    databases += [f"postgres://{name}@%2Fvar%2Frun%2Fpostgresql/postgres" for name in (user, "postgres")]
    caches = [os.environ.get("REDIS_URL", ""), "redis://127.0.0.1:6379/0"]
    found = {}
    for url in databases:
        if url.startswith("postgres") and capabilities.postgres_answers(url):
            found["DATABASE_URL"] = url
            break
    for url in caches:
        if url and capabilities.redis_answers(url):
            found["REDIS_URL"] = url
            break
    return found


def pytest(arguments: list[str], environment: dict[str, str], without: list[str]) -> int:
    """Run pytest with this environment and return its exit code."""
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    clean |= environment | {"TEST_WITHOUT": ",".join(without)}
    parallel = [] if any(a.startswith("-n") for a in arguments) else ["-n", "auto", "--dist", "loadgroup"]
    command = [sys.executable, "-m", "pytest", *parallel, *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean).returncode


def main() -> int:
    """Run what the options ask for; 0 when all tests passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--sqlite", action="store_true")
    choice.add_argument("--postgres", action="store_true")
    parser.add_argument("--without", default="", metavar="MARKERS")
    options, rest = parser.parse_known_args()
    without = [name for name in options.without.split(",") if name]
    if unknown := set(without) - set(capabilities.NAMES):
        parser.error(f"unknown markers: {', '.join(sorted(unknown))}")
    on_postgres = options.postgres or (
        not options.sqlite and os.environ.get("DATABASE_URL", "").startswith("postgres")
    )
    servers = {} if options.sqlite else find_servers()
    if on_postgres:
        if len(servers) < len(SERVERS):
            print(
                f"PostgreSQL and Redis are needed, found only: {', '.join(servers) or 'none'}",
                file=sys.stderr,
            )
            return 1
        return pytest(rest, servers, without)
    first = pytest(rest, {}, [*without, *SERVERS])
    if options.sqlite:
        return first
    if len(servers) < len(SERVERS):
        print("not tested, missing here: PostgreSQL or Redis")
        return first or (1 if os.environ.get("CI") == "true" else 0)
    print("on PostgreSQL and Redis, what needs them:", flush=True)
    second = pytest([*rest, "-m", "postgres or redis"], servers, without)
    return first or (0 if second == 5 and rest else second)  # 5: none of the chosen tests needs them


if __name__ == "__main__":
    sys.exit(main())
