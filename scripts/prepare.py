"""Bring the database and the static files of a demonstration city up to date, then print its demo logins.

Called by scripts/supervise.py with the environment of the site. What has not changed since the last start is not
done again, so that a second start is quick. Progress goes to standard error, the logins to standard output.
"""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402


def fingerprint(*patterns: str) -> str:
    """Return a hash over path, size and time of change of the files below the project that match `patterns`."""
    found = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                stat = path.stat()
                found.update(f"{path.relative_to(ROOT)}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return found.hexdigest()


class Stamp:
    """A file in the data folder that remembers for which inputs a step was done."""

    def __init__(self, name: str, value: str) -> None:
        """Name the step and its inputs' fingerprint."""
        self.path, self.value = Path(settings.DATA_DIR) / f".{name}.stamp", value

    def holds(self) -> bool:
        """Whether the step was done for these inputs."""
        return self.path.exists() and self.path.read_text() == self.value

    def set(self) -> None:
        """Remember that it is done."""
        self.path.write_text(self.value)


def say(text: str) -> None:
    """Tell the person at the terminal what takes time."""
    print(text, file=sys.stderr, flush=True)


def migrate() -> bool:
    """Apply missing migrations; return whether there were any."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say("Menyiapkan basis data …")
    call_command("migrate", verbosity=0, interactive=False)
    return True


def main(city: str) -> None:
    """Prepare `city`."""
    django.setup()
    migrated = migrate()
    reference = Stamp("reference", fingerprint("core/data/**/*"))
    if not migrated and not reference.holds():
        say("Memuat data rujukan …")
        call_command("load_reference", verbosity=0, stdout=sys.stderr)
    if migrated:
        say(f"Memuat kota demo {city} (sekali saja) …")
    call_command("demo", city, if_empty=True, stdout=sys.stderr)
    reference.set()
    static = Stamp("static", fingerprint("*/static/**/*", "static/**/*") + str(settings.STATIC_ROOT))
    if not settings.DEBUG and not (static.holds() and Path(settings.STATIC_ROOT).exists()):
        say("Menyiapkan berkas tampilan …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        static.set()
    call_command("demo", logins=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except CommandError as problem:
        say(str(problem))
        sys.exit(2)
