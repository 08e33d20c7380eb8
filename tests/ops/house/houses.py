"""A whole installation as real processes, on the kind of database that the test run uses.

On SQLite: one web process and a worker that also beats, with a folder as broker, as `./run` starts them. On PostgreSQL:
the processes of scripts/serve, with a database and a Redis of their own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import requests

from scripts import supervise
from tests.ops.harness import Background, base_environment, call, free_port, wait_for

TOKEN = "a" * 32
LEASE = "4"


class House:
    """Processes, their environment, and what the tests ask of them."""

    def __init__(self, folder: Path, *, database: str = "", redis_port: int = 0, **more: str) -> None:
        """Use this scratch folder; an address of a migrated database and a Redis for the profile with servers."""
        self.folder, self.servers = folder, bool(database)
        self.base = f"http://127.0.0.1:{free_port()}"
        self.environment = {
            **base_environment(),
            "DATA_DIR": str(folder),
            "TMPDIR": str(folder / "tmp"),
            "SECRET_KEY": "only-for-this-test-" + "x7Qz" * 12,
            "DEMO_MODE": "1",
            "DJANGO_SETTINGS_MODULE": "tests.ops.settings",
            "SWEEP_SECONDS": "1",
            "JOB_LEASE": LEASE,
            "BIND": self.base.removeprefix("http://"),
            "LOG_LEVEL": "WARNING",
            "WEB_THREADS": "8",
            "CLIENT_SILENCE_SECONDS": "3",
            **more,
        }
        if database:
            address = f"redis://127.0.0.1:{redis_port}/0"
            self.environment |= {"DATABASE_URL": database, "REDIS_URL": address}
        for name in ("tmp", "holds", "static"):
            (folder / name).mkdir()
        self.processes: dict[str, Background] = {}

    def names(self) -> tuple[str, ...]:
        """The processes of this profile."""
        return ("web", "worker", "beat") if self.servers else ("web", "worker")

    def start(self, name: str) -> None:
        """Start a process and, for the site, wait until it answers."""
        if self.servers:
            command = ["scripts/serve", name]
        else:
            command = supervise.children(self.folder)[("web", "worker").index(name)].command
        self.processes[name] = Background(command, self.environment, self.folder / f"{name}.log")
        if name == "web":
            told = self.processes[name].said
            wait_for(lambda: supervise.answers(f"{self.base}/healthz"), seconds=60, told=told)

    def kill(self, name: str) -> None:
        """Kill -9."""
        self.processes[name].kill()

    def stop(self) -> None:
        """End everything."""
        for process in self.processes.values():
            process.end()

    def run(self, module: str, *arguments: str) -> str:
        """Run a module of Python in the installation's environment; return what it prints."""
        return call([sys.executable, "-m", module, *arguments], self.environment)

    def ask(self, statement: str, *values) -> list[tuple]:
        """Rows of the database, read past Django; `?` stands for a value."""
        if self.servers:
            import psycopg

            with psycopg.connect(self.environment["DATABASE_URL"]) as link:
                return link.execute(statement.replace("%", "%%").replace("?", "%s"), values).fetchall()
        import sqlite3

        with sqlite3.connect(self.folder / "sidakep.sqlite3", timeout=20) as link:
            return link.execute(statement, values).fetchall()

    def one(self, statement: str, *values):
        """One value."""
        return self.ask(statement, *values)[0][0]

    def arm(self, name: str, *, after: int = 0) -> None:
        """Let `after` callers pass the place, and hold the next."""
        holds = self.folder / "holds"
        (holds / f"{name}.reached").unlink(missing_ok=True)
        (holds / f"{name}.new").write_text(str(after))
        (holds / f"{name}.new").rename(holds / name)  # never seen half written

    def reached(self, name: str, by: str) -> None:
        """Wait until somebody is held there."""
        mark = self.folder / "holds" / f"{name}.reached"
        wait_for(mark.exists, seconds=40, told=self.processes[by].said)

    def send(self, session: str, path: str, data: dict | None = None, files: dict | None = None, **more):
        """POST a form as the holder of a session; return the answer."""
        return requests.post(
            self.base + path,
            data={**(data or {}), "csrfmiddlewaretoken": TOKEN},
            files=files,
            cookies={"sessionid": session, "csrftoken": TOKEN},
            allow_redirects=False,
            timeout=60,
            **more,
        )

    def seen(self, session: str, path: str):
        """GET a page as the holder of a session."""
        return requests.get(self.base + path, cookies={"sessionid": session}, timeout=60)

    def lying_about(self) -> set[Path]:
        """Files in the processes' temporary folder and among the uploads."""
        return {
            path for name in ("tmp", "media") for path in (self.folder / name).rglob("*") if path.is_file()
        }

    def logs(self) -> str:
        """What all processes said."""
        return "\n".join(path.read_text(errors="replace") for path in self.folder.glob("*.log"))


def _copy_sqlite(source: str, target: Path) -> None:
    import sqlite3

    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=WAL")


def build(folder: Path, **more: str):
    """Yield a house on a copy of the test run's migrated, empty database; take it down afterwards."""
    from django.db import connection, connections

    given = connection.settings_dict
    connections.close_all()
    if connection.vendor == "sqlite":
        _copy_sqlite(given["NAME"], folder / "sidakep.sqlite3")
        house = House(folder, **more)
        try:
            yield house
        finally:
            house.stop()
        return
    import psycopg

    server, name, port = os.environ["DATABASE_URL"], f"sidakep_house_{os.getpid()}", free_port()
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{given["NAME"]}"')
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    redis = Background(command, base_environment(), folder / "redis.out")
    house = House(
        folder, database=urlunsplit(urlsplit(server)._replace(path=f"/{name}")), redis_port=port, **more
    )
    try:
        ping = ["redis-cli", "-p", str(port), "ping"]
        answers = lambda: subprocess.run(ping, capture_output=True).returncode == 0  # noqa: E731
        wait_for(answers, seconds=20, told=redis.said)
        yield house
    finally:
        house.stop()
        redis.end()
        with psycopg.connect(server, autocommit=True) as link:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def seeded(house: House, cards: int) -> dict:
    """Fill the office; return sessions and ids."""
    call([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], house.environment)
    return json.loads(house.run("tests.ops.slow.seed", str(cards)))
