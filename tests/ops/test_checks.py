"""What an installation must not be: check, check --deploy, keys, health, logs."""

import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.core.checks import Error
from django.core.checks import Warning as CheckWarning
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config import checks
from core.models.agency import AgencyProfile
from core.models.reference import Region
from core.redaction import RedactingFormatter
from core.views import health
from tests.ops.harness import ROOT, base_environment, call


def ids(found) -> set[str]:
    return {message.id for message in found}


def test_several_web_processes_need_redis(settings):
    settings.WEB_CONCURRENCY, settings.REDIS_URL = 1, ""
    assert checks.one_web_process_without_redis(None) == []
    settings.WEB_CONCURRENCY = 2
    (found,) = checks.one_web_process_without_redis(None)
    assert isinstance(found, Error)
    settings.REDIS_URL = "redis://redis:6379/0"
    assert checks.one_web_process_without_redis(None) == []


def test_deploy_names_debug_demo_mode_missing_keys_and_sqlite(settings, monkeypatch):
    settings.DEBUG = settings.DEMO_MODE = True
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor="sqlite"))
    for name in checks.KEYS:
        monkeypatch.delenv(name, raising=False)
    found = checks.safe_settings(None)
    assert ids(found) == {"sidakep.E002", "sidakep.E003", "sidakep.E004", "sidakep.W001"}
    assert [type(x) for x in found].count(CheckWarning) == 1
    settings.DEBUG = settings.DEMO_MODE = False
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor="postgresql"))
    for name in checks.KEYS:
        monkeypatch.setenv(name, "x")
    assert checks.safe_settings(None) == []


@pytest.mark.django_db
def test_deploy_names_demo_logins_and_a_held_day(user_with):
    user_with()
    assert checks.no_demo_traces(None) == []
    user_with("PLANNER", is_demo=True)
    assert ids(checks.no_demo_traces(None)) == {"sidakep.E006"}
    city = Region.objects.create(code="32.77", name="Kota Uji", level="REGENCY", valid_from="2001-01-01")
    AgencyProfile.objects.bulk_create([AgencyProfile(pk=1, code="uji", region=city, demo_date="2023-12-31")])
    assert ids(checks.no_demo_traces(None)) == {"sidakep.E006", "sidakep.E007"}


def test_deploy_says_when_the_database_cannot_be_read(monkeypatch):
    from django.db import OperationalError

    def broken():
        raise OperationalError("no such table")

    monkeypatch.setattr(checks, "get_user_model", broken)
    assert ids(checks.no_demo_traces(None)) == {"sidakep.E005"}


def run(tmp_path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run manage.py with nothing in the environment but what is given."""
    given = {**base_environment(), "DATA_DIR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_production_refuses_to_start_with_keys_derived_from_another(tmp_path):
    done = run(tmp_path, "check", SECRET_KEY="x" * 60)
    assert done.returncode != 0
    assert "PERSONAL_DATA_KEYS, BLIND_INDEX_KEY dan CARD_SIGNING_KEY wajib diisi" in done.stderr


def test_check_deploy_fails_on_a_demonstration(tmp_path):
    assert run(tmp_path, "migrate", "-v0", SECRET_KEY="x" * 60, DEMO_MODE="1").returncode == 0
    done = run(tmp_path, "check", "--deploy", SECRET_KEY="x" * 60, DEMO_MODE="1")
    assert done.returncode != 0
    assert "sidakep.E003" in done.stderr


def test_what_sqlite_confirms_is_on_the_disk(tmp_path):
    asked = (
        "from django.db import connection as c; x = c.cursor(); "
        "print(*(x.execute(f'PRAGMA {name}').fetchone()[0] for name in ('journal_mode', 'synchronous')))"
    )
    done = run(tmp_path, "shell", "--no-imports", "-c", asked, SECRET_KEY="x" * 60, DEMO_MODE="1")
    assert done.stdout.split() == ["wal", "2"], done.stderr


@pytest.mark.slow
def test_migrate_works_with_three_variables_only(tmp_path):
    database = f"sqlite:///{tmp_path}/kantor.sqlite3"
    environment = {
        **{k: v for k, v in base_environment().items() if k in ("PATH", "HOME")},
        "DATABASE_URL": database,
        "SECRET_KEY": "x" * 60,
        "DEBUG": "1",
    }
    call([sys.executable, "manage.py", "migrate", "-v0"], environment)
    call([sys.executable, "manage.py", "migrate", "--check"], environment)


def test_gunicorn_refuses_several_processes_without_redis(tmp_path):
    given = {**base_environment(), "DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 60, "DEMO_MODE": "1"}
    given |= {"WEB_CONCURRENCY": "2", "BIND": "127.0.0.1:0"}
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi:application"],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "REDIS_URL" in done.stderr


@pytest.mark.django_db
def test_health_is_told_to_everybody_and_names_the_part_that_fails(client, monkeypatch, caplog):
    assert client.get("/healthz").content == b"ok\n"
    good = client.get("/readyz")
    assert (good.status_code, set(good.json().values())) == (200, {"ok"})
    assert "no-store" in good["Cache-Control"]

    def broken():
        raise OSError("password of the broker is rahasia")

    monkeypatch.setitem(health.CHECKS, "queue", broken)
    bad = client.get("/readyz")
    assert bad.status_code == 503
    assert bad.json() == {"database": "ok", "migrations": "ok", "cache": "ok", "queue": "fail"}
    assert "rahasia" not in bad.content.decode()
    assert client.post("/readyz").status_code in (403, 405)


@pytest.fixture
def migrated(transactional_db, settings):
    """A database that says that every migration was applied; the suite itself makes its tables without them."""
    settings.MIGRATION_MODULES = {}
    recorder = MigrationRecorder(connection)
    had = recorder.has_table()
    recorder.ensure_schema()
    for app, name in MigrationLoader(None).disk_migrations:
        recorder.record_applied(app, name)
    yield
    if not had:
        with connection.schema_editor() as editor:
            editor.delete_model(MigrationRecorder.Migration)


def test_not_ready_while_a_migration_is_missing(client, monkeypatch, migrated):
    monkeypatch.setattr(health, "_migrated", False)
    assert client.get("/readyz").json()["migrations"] == "ok"
    monkeypatch.setattr(health, "_migrated", False)
    MigrationRecorder.Migration.objects.filter(app="core").delete()
    assert client.get("/readyz").json()["migrations"] == "fail"


def test_logs_never_show_an_identity_number(settings):
    import io

    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter("%(message)s"))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    try:
        raise ValueError("duplicate key (3277010101900001)")
    except ValueError:
        logger.exception("NIK %s of %r", "3277010101900001", {"kk": "3277 0101 0190 0002"})
    written = stream.getvalue()
    assert "ValueError" in written
    assert "3277010101900001" not in written
    assert "0190" not in written
    assert settings.LOGGING["formatters"]["plain"]["()"] == "core.redaction.RedactingFormatter"
    assert {h["formatter"] for h in settings.LOGGING["handlers"].values()} == {"plain"}


def test_missing_programs_fail_the_suite_in_integration(tmp_path):
    given = {
        **base_environment(),
        "CI": "true",
        "TEST_WITHOUT": ",".join(("redis", "browser", "axe", "libreoffice")),
    }
    command = [sys.executable, "-m", "pytest", "--collect-only", "-n0", "tests/ops/test_checks.py"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=120)
    assert done.returncode == 4
    assert "missing here: PostgreSQL" in done.stderr
