"""Bekasi 2024: its figures; the same content in another process and database; no NIK in clear anywhere."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from core.models.files import StoredFile
from disputes.models import DisputeCase
from jobseekers.models import AK1Card, JobSeeker
from lkip import plan_tables, staff_tables
from lkip.models import ExternalStatistic, Finding, Indicator, PlanDocument, PrintedAmount
from placements.models import Placement
from tests.portal.demo_city import CityCase, figures

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo-bekasi")]
PEOPLE = ("uid", "full_name", "birth_date", "sex", "education_id", "village_id", "address", "phone")
CARDS = ("uid", "number", "kind", "state", "issued_on", "ended_on")
PLACEMENTS = ("uid", "started_on", "position", "primary_channel")
CASES = ("number", "kind", "outcome", "registered_on", "settled_on", "applicant")


def two(text: str) -> str:
    return str(Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP))


def numbers_in(data: bytes) -> set[str]:
    """Every sixteen digits in a row that `data` holds, as UTF-8 or UTF-16 of either order."""
    found = set()
    for text in (data, data[::2], data[1::2]):
        for run in re.findall(rb"[0-9]{16,}", text):
            found |= {run[start : start + 16].decode() for start in range(len(run) - 15)}
    return found


def test_the_search_for_numbers_finds_them_in_every_spelling():
    nik = "3275011503909123"
    for data in (
        nik.encode(),
        b"x" + nik.encode("utf-16-le"),
        nik.encode("utf-16-be"),
        b"9" + nik.encode() + b"1",
    ):
        assert nik in numbers_in(data)


def plain(rows) -> list[tuple]:
    """Rows as both databases would write them: SQLite keeps a UUID as 32 hex digits and a day as text."""

    def text(value) -> str:
        if value is None:
            return ""
        return value.hex if isinstance(value, UUID) else str(value)

    return sorted(tuple(map(text, row)) for row in rows)


class TestBekasi(CityCase):
    """The year 2024, loaded here and once more by another process into a SQLite file."""

    code = "bekasi-2024"

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder = Path(tempfile.mkdtemp(prefix="demo-bekasi-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        for step in (("migrate", "-v0"), ("demo", cls.code)):
            done = cls.manage(*step)
            assert done.returncode == 0, done.stderr

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.niks = {person.read_nik() for person in JobSeeker.objects.all()}

    @classmethod
    def manage(cls, *arguments: str, **more: str) -> subprocess.CompletedProcess:
        """Run a command in a process that knows the database, the key and DEBUG, and nothing else."""
        env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        env |= {
            "DATABASE_URL": f"sqlite:///{cls.folder / 'demo.sqlite3'}",
            "SECRET_KEY": "for-tests-only-another-key-that-protects-nothing",
            "DEBUG": "1",
            "DATA_DIR": str(cls.folder / "data"),
        }
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=env | more, capture_output=True, text=True, timeout=300
        )

    def elsewhere(self, table: str, columns: tuple[str, ...]) -> list[tuple]:
        with sqlite3.connect(self.folder / "demo.sqlite3") as other:
            return plain(other.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall())

    def test_the_figures_that_the_year_must_show(self):
        shown = figures(2024)
        found = {code: two(shown[code]["capaian"]) for code in ("tpt", "akip", "ikm")}
        assert found == {"tpt": "108.54", "akip": "98.72", "ikm": "100.00"}
        assert two(shown["tpt"]["value"]) == "7.82"
        assert (
            Decimal(shown["disputes_registered"]["value"])
            == shown["disputes_registered"]["records_count"]
            == 83
        )
        assert DisputeCase.objects.filter(registered_on__year=2023).count() == 110
        assert (shown["dispute_change"]["numerator"], shown["dispute_change"]["denominator"]) == ("83", "110")
        assert two(shown["dispute_change"]["value"]) == "-24.55"
        assert shown["dispute_change"]["records_count"] is None
        assert two(shown["disputes_settlement_rate"]["value"]) == "100.00"

    def test_the_repaired_budget(self):
        shown = figures(2024)
        assert Decimal(shown["budget_ceiling"]["value"]) == 18_508_617_440
        assert Decimal(shown["budget_realised"]["value"]) == 15_450_065_461
        assert two(shown["budget_total"]["value"]) == "83.47"
        assert two(shown["budget_penunjang"]["value"]) == "88.52"
        assert PrintedAmount.objects.get(nomenclature__key="penunjang.jasa.umum").ceiling == 22_214_336_280
        assert Finding.objects.filter(year=2024).count() == len(self.city.findings)
        assert Finding.objects.filter(year=2024, title__startswith="Perbaikan A").count() == 5

    def test_staff_of_two_days_and_the_agreement_as_printed(self):
        post, grade, _ = staff_tables.tables(date(2024, 12, 31))
        assert [count for _, (count,) in post.rows] == [1, 1, 4, 2, 16, 17, 34]
        assert [count for _, (count,) in grade.rows] == [1, 2, 11, 12, 3, 8, 2, 1, 1]
        education = staff_tables.by_education(date(2023, 12, 31))
        assert [counts for _, counts in education.rows] == [(5, 9), (2, 0), (2, 5), (18, 18), (18, 2)]
        assert (grade.totals, education.totals) == ((41,), (45, 34))
        agreement = plan_tables.agreement(PlanDocument.objects.get(kind="PK", unit=None))
        assert agreement.total == 18_724_617_449
        assert [aim.target.value for aim in agreement.aims] == [80, 89, Decimal("-0.13"), 100]
        assert Indicator.objects.get(code="tpt").comparator.code == "tpt_national"
        waiting = ExternalStatistic.objects.filter(indicator__formula="INTERIM")
        assert waiting.count() == 26
        assert not waiting.filter(waits_for="").exists()

    def test_all_cases_of_both_years_are_settled_in_their_year(self):
        for case in DisputeCase.objects.all():
            assert case.settled_on.year == case.registered_on.year
            assert case.registered_on <= case.settled_on <= self.city.demo_date

    def test_the_same_content_in_another_process_and_database(self):
        for model, columns in (
            (JobSeeker, PEOPLE),
            (AK1Card, CARDS),
            (Placement, PLACEMENTS),
            (DisputeCase, CASES),
        ):
            here = plain(model.objects.values_list(*columns))
            assert here
            assert self.elsewhere(model._meta.db_table, columns) == here

    def test_no_nik_in_clear_in_the_database_file_nor_in_any_kept_file(self):
        assert len(self.niks) > 1200
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        assert self.folder / "demo.sqlite3" in files
        assert sum("berkas" in path.parts for path in files) == 63  # 60 faces and three drawn documents
        for path in files:
            assert not numbers_in(path.read_bytes()) & self.niks, path

    def test_no_nik_in_clear_in_any_column_of_any_table(self):
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                for row in cursor:
                    for value in row:
                        data = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                        assert not numbers_in(data) & self.niks, table

    def test_a_second_load_is_refused_and_if_empty_does_nothing(self):
        refused = self.manage("demo", self.code)
        assert refused.returncode != 0
        assert "sudah berisi" in refused.stderr
        left = self.manage("demo", "cimahi-2023", "--if-empty")
        assert (left.returncode, left.stdout) == (0, "")

    def test_logins_are_printed_in_demo_mode_only(self):
        told = self.manage("demo", "--logins", DEMO_MODE="1")
        assert told.returncode == 0, told.stderr
        assert "Dinas Tenaga Kerja Kota Bekasi" in told.stdout
        assert told.stdout.count("@bekasi.example") == 16
        silent = self.manage("demo", "--logins")
        assert silent.returncode != 0
        assert "mode demo" in silent.stderr

    def test_photos_stand_in_the_store_once_each(self):
        stored = StoredFile.objects.filter(kind="jobseekers.photo")
        assert stored.count() == len(set(stored.values_list("sha256", flat=True))) == 60
