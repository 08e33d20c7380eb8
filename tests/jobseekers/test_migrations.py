"""Migrations over data that is there already: what an office had before must count the same afterwards."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

pytestmark = pytest.mark.slow

BEFORE = """
import json
from django.db import connection
from django.utils import timezone
now = timezone.now().isoformat()

def row(table, **values):
    with connection.cursor() as cursor:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f'INSERT INTO {table} ({names}) VALUES ({marks})', list(values.values()))

def uid(number):
    return f"{number:032x}" if connection.vendor == "sqlite" else f"00000000-0000-0000-0000-{number:012x}"

stamp = {"created_at": now, "updated_at": now, "version": 1}
for n, closed in ((1, None), (2, "2023-06-01")):
    row("jobseekers_jobseeker", id=n, uid=uid(n), full_name="Orang Contoh", sex="MF"[n - 1], birth_place="",
        birth_date="2000-01-0%d" % n, marital_status="", religion="", education_major="", education_school="",
        skills="", address="", rt="", rw="", phone="", email="", nik_verified_method="",
        registered_on="2023-01-10", **stamp)
    row("jobseekers_ak1application", id=n, uid=uid(10 + n), jobseeker_id=n, kind="NEW", reason="", origin="DESK",
        state="APPROVED", submitted_at=now, decided_at=now, officer_note="", **stamp)
    row("jobseekers_ak1card", id=n, uid=uid(20 + n), application_id=n, jobseeker_id=n, number="N%d" % n,
        external_no="", kind="NEW", issued_on="2023-01-10", valid_until="2025-01-09", removal_reason="",
        state="PLACED" if closed else "ACTIVE", ended_on=closed, officer_name="Petugas", officer_nip="",
        print_count=0, **stamp)
    row("jobseekers_episode", id=n, uid=uid(30 + n), jobseeker_id=n, card_id=n, opened_on="2023-01-10",
        closed_on=closed, sex="MF"[n - 1], birth_date="2000-01-0%d" % n, age_group="20-29", **stamp)
    events = [("REGISTERED", "2023-01-10"), ("REPORTED", "2023-05-01")]
    for kind, on in events + ([("PLACED", closed)] if closed else []):
        row("jobseekers_episodeevent", **{"episode_id": n, "kind": kind, "on": on, "reason": "", "card_id": n,
            "note": "", "recorded_at": now})
"""
AFTER = """
import json
from jobseekers.models import EpisodeCell, EpisodeEvent
from jobseekers.services.ledger import cells_of
from jobseekers.models import Episode
print(json.dumps({
    "deltas": list(EpisodeEvent.objects.order_by("id").values_list("kind", "delta", "sex", "age_group")),
    "cells": [[c.episode_id, str(c.since), str(c.until) if c.until else None, c.sex, c.age_group]
              for c in EpisodeCell.objects.order_by("episode_id")],
    "rebuilt": all(
        [(c["since"], c["until"]) for c in cells_of(e.events.all())] == [(c.since, c.until) for c in e.cells.all()]
        for e in Episode.objects.all()
    ),
}))
"""


@pytest.fixture
def empty_database(tmp_path):
    """The address of an empty database of the kind that the suite runs on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/lama.sqlite3"
        return
    import psycopg

    settings, name = connection.settings_dict, f"lama_{os.getpid()}"
    where = {
        "host": settings["HOST"] or None,
        "port": settings["PORT"] or None,
        "user": settings["USER"],
        "password": settings["PASSWORD"] or None,
    }
    where = {key: value for key, value in where.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        host = where.get("host", "127.0.0.1").replace("/", "%2F")
        login = where["user"] + (f":{where['password']}" if "password" in where else "")
        yield f"postgres://{login}@{host}:{where.get('port', 5432)}/{name}"
    finally:
        with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_the_ledger_of_an_older_office_counts_the_same(empty_database, tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": empty_database,
        "SECRET_KEY": "uji-migrasi",
        "DEBUG": "1",
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    def manage(*arguments: str, script: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            input=script,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    manage("migrate", "jobseekers", "0001", "-v0")
    manage("shell", "-v0", "-c", BEFORE)
    manage("migrate", "-v0")
    found = json.loads(manage("shell", "-v0", "-c", AFTER).strip().splitlines()[-1])
    assert [tuple(row[:2]) for row in found["deltas"]] == [
        ("REGISTERED", 1),
        ("REPORTED", 0),
        ("REGISTERED", 1),
        ("REPORTED", 0),
        ("PLACED", -1),
    ]
    assert {tuple(row[2:]) for row in found["deltas"]} == {("M", "20-29"), ("F", "20-29")}
    assert found["cells"] == [
        [1, "2023-01-10", None, "M", "20-29"],
        [2, "2023-01-10", "2023-06-01", "F", "20-29"],
    ]
    assert found["rebuilt"] is True
