"""A table is one definition: the page, its count, its chips and its export show the same rows."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import openpyxl
import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Q
from django.test import RequestFactory

from core import clock
from core.listing import ListView, build_page
from core.models import Job
from core.selection import Selection
from core.tables import Chip, Column, Filter, Table, registry
from core.tables_out import CONTENT_TYPES, Stamp, write

pytestmark = pytest.mark.django_db
FIRST = datetime(2023, 1, 1, 17, 30, tzinfo=UTC)


class Reader:
    full_name = "Rina Marlina"
    uid = UUID(int=7)
    is_authenticated = True
    may = True


class JobTable(Table):
    slug = "uji-pekerjaan"
    title = "Pekerjaan latar"
    noun = "pekerjaan"
    columns = [
        Column("kind", "Jenis", sort="kind", explain="Macam pekerjaan.", link=lambda job: f"/job/{job.uid}/"),
        Column(
            "state",
            "Keadaan",
            kind="tag",
            choices=[("QUEUED", "Menunggu"), ("DONE", "Selesai")],
            colours={"DONE": "green"},
        ),
        Column("done", "Sudah", kind="int", sort="done"),
        Column("created_at", "Dibuat", kind="date", sort="created_at"),
        Column("not_before", "Mulai", kind="datetime", listed=False),
        Column("finished_at", "Selesai pada", kind="datetime", sort="finished_at", export=False),
    ]
    filters = [
        Filter("keadaan", "Keadaan", field="state", choices=[("QUEUED", "Menunggu"), ("DONE", "Selesai")]),
        Filter("dibuat", "Dibuat", field="created_at__date", kind="date"),
        Filter("tahun", "Tahun", field="created_at", kind="year"),
    ]
    chips = [Chip("banyak", "Banyak", Q(done__gte=30)), Chip("nol", "Belum mulai", Q(done=0))]
    search_fields = ("kind__icontains",)
    default_sort = "-created_at"

    def permission(self, user):
        return user.may

    def queryset(self, user):
        return Job.objects.all()


class ComputedTable(JobTable):
    slug = "uji-hitung"
    columns = [
        *JobTable.columns[:2],
        Column("double", "Dua kali", kind="int", value=lambda job: job.done * 2),
    ]


@pytest.fixture
def jobs(db):
    return Job.objects.bulk_create(
        Job(
            kind=f"uji.{'ganjil' if number % 2 else 'genap'}",
            key=f"k{number}",
            state="DONE" if number % 3 == 0 else "QUEUED",
            finished_at=FIRST if number % 3 == 0 else None,
            done=number,
            not_before=FIRST,
            created_at=FIRST + timedelta(days=number),
        )
        for number in range(60)
    )


def select(table=JobTable, **params):
    return Selection(table(), Reader(), params)


def as_file(selection, name):
    target = io.BytesIO()
    count = write(selection, name, target, Stamp.of(Reader()))
    return count, target.getvalue()


def request(method="get", path="/uji/", data=None, **headers):
    made = getattr(RequestFactory(), method)(path, data or {}, **headers)
    made.user = Reader()
    SessionMiddleware(lambda _: None).process_request(made)
    MessageMiddleware(lambda _: None).process_request(made)
    return made


def test_page_count_chips_and_export_agree(jobs):
    selection = select(keadaan="DONE", lihat="banyak", q="uji")
    page = build_page(JobTable(), selection)
    expected = [job for job in jobs if job.state == "DONE" and job.done >= 30]
    assert page.count == len(expected) == 10
    assert [(chip.key, chip.count) for chip in page.chips] == [("", 20), ("banyak", 10), ("nol", 1)]
    count, data = as_file(selection, "xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert count == len(rows) == 10
    assert [row[2] for row in rows] == sorted((job.done for job in expected), reverse=True)


def test_page_takes_two_queries_whatever_the_number_of_rows(jobs, django_assert_num_queries):
    for size in (10, 50):
        with django_assert_num_queries(2):
            build_page(JobTable(), select(), page_size=size)


def test_paging_covers_every_row_once(jobs):
    seen = []
    for number in (1, 2, 3):
        page = build_page(JobTable(), select(hal=str(number)))
        seen += [row.record.pk for row in page.rows]
    assert len(seen) == 60
    assert len(set(seen)) == 60
    assert (page.first, page.last, page.next_url) == (51, 60, "")
    assert page.previous_url == "?hal=2"
    assert build_page(JobTable(), select(hal="99")).first == 51


def test_sort_puts_empty_values_last_both_ways(jobs):
    for sort in ("finished_at", "-finished_at"):
        found = list(select(urut=sort).queryset().values_list("finished_at", flat=True))
        assert found[:20] == [FIRST] * 20
        assert found[20:] == [None] * 40


def test_head_says_how_it_is_sorted_and_leads_the_other_way(jobs):
    head = {cell.column.key: cell for cell in build_page(JobTable(), select(urut="done", q="uji")).head}
    assert (head["done"].aria_sort, head["done"].url) == ("ascending", "?q=uji&urut=-done")
    assert (head["kind"].aria_sort, head["kind"].url) == ("", "?q=uji&urut=kind")
    assert head["state"].url == ""


def test_filter_state_stands_in_every_link(jobs):
    page = build_page(
        JobTable(), select(**{"keadaan": "QUEUED", "dibuat-dari": "2023-01-05", "urut": "done"})
    )
    carried = "keadaan=QUEUED&dibuat-dari=2023-01-05"
    assert all(carried in link.url for link in [*page.chips, *page.exports, *filter(None, page.pages)])
    assert [(link.label, link.url) for link in page.active] == [
        ("Keadaan: Menunggu", "?dibuat-dari=2023-01-05&urut=done"),
        ("Dibuat: sejak 5 Januari 2023", "?keadaan=QUEUED&urut=done"),
    ]


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"keadaan": "LAIN"}, "Keadaan: pilihan “LAIN” tidak dikenal."),
        ({"dibuat-dari": "kemarin"}, "Dibuat: “kemarin” bukan tanggal yang ada. Contoh: 31 12 2023."),
        ({"dibuat-dari_day": "5", "dibuat-dari_year": "2023"}, "Dibuat: tanggal belum lengkap."),
        (
            {"dibuat-dari": "2023-02-01", "dibuat-sampai": "2023-01-01"},
            "Dibuat: tanggal akhir (1 Januari 2023) lebih awal daripada tanggal mulai.",
        ),
        ({"tahun": "23"}, "Tahun: tahun ditulis dengan empat angka, contohnya 2023."),
        ({"lihat": "apa"}, "Pilihan cepat “apa” tidak dikenal. Pilih salah satu yang ada di halaman ini."),
        ({"urut": "payload"}, "Urutan “payload” tidak dikenal. Pilih salah satu yang ada di halaman ini."),
        ({"q": "3277 0101 0190 9001"}, "NIK tidak boleh ditulis di alamat halaman."),
        ({"q": "a\x00b"}, "Ada karakter yang tidak dikenal"),
    ],
)
def test_unknown_value_selects_nothing_and_is_named(jobs, params, message):
    selection = select(**params)
    assert [message in error for error in selection.errors] == [True]
    assert build_page(JobTable(), selection).count == 0
    assert list(selection.queryset()) == []


def test_date_filter_means_days_of_the_office(jobs):
    selection = select(**{"dibuat-dari": "2023-01-02", "dibuat-sampai": "2023-01-02"})
    assert [job.done for job in selection.queryset()] == [0], "17.30 UTC is already 2 January in Jakarta"


def test_export_has_real_dates_numbers_and_its_explanation(jobs):
    with clock.frozen(date(2026, 11, 21)):
        _, data = as_file(select(keadaan="DONE", urut="done"), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, notes = book.worksheets
    assert [cell.value for cell in sheet[1]] == ["Jenis", "Keadaan", "Sudah", "Dibuat", "Mulai"]
    assert [cell.value for cell in sheet[2]] == [
        "uji.genap",
        "Selesai",
        0,
        datetime(2023, 1, 2),
        datetime(2023, 1, 2, 0, 30),
    ]
    assert notes.title == "Keterangan"
    words = dict(notes.iter_rows(values_only=True))
    assert words["Keadaan"] == "Selesai"
    assert words["Jumlah baris"] == "20"
    assert words["Oleh"] == "Rina Marlina"
    assert words["Dibuat"].startswith("21 November 2026 pukul")
    assert words["Urutan"] == "Sudah, menaik"
    assert words["Kolom Jenis"] == "Macam pekerjaan."


def test_csv_holds_the_same_rows_and_its_explanation(jobs):
    count, data = as_file(select(keadaan="DONE", urut="done"), "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    gap = lines.index([])
    assert lines[1] == ["uji.genap", "Selesai", "0", "2023-01-02", "2023-01-02 00:30:00"]
    assert gap - 1 == count == 20
    assert lines[gap + 1] == ["Keterangan"]
    assert ["Keadaan", "Selesai"] in lines[gap:]


def test_computed_columns_are_exported_from_records(jobs):
    _, data = as_file(select(ComputedTable, urut="kind"), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sorted(row[2] for row in sheet.iter_rows(min_row=2, values_only=True)) == list(range(0, 120, 2))


def test_orm_columns_are_exported_without_model_instances(jobs, monkeypatch):
    monkeypatch.setattr(Job, "from_db", classmethod(lambda *_: pytest.fail("an instance was built")))
    assert as_file(select(), "csv")[0] == 60


def test_permission_is_asked_when_run(jobs, monkeypatch):
    monkeypatch.setattr(Reader, "may", False)
    view = ListView.as_view(table=JobTable)
    for query in ({}, {"format": "csv"}):
        with pytest.raises(PermissionDenied):
            view(request(data=query))


def test_view_sends_the_file(jobs):
    answer = ListView.as_view(table=JobTable)(request(data={"format": "csv", "keadaan": "DONE"}))
    assert answer["Content-Type"] == CONTENT_TYPES["csv"]
    assert "uji-pekerjaan-" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).count(b"Selesai") >= 20


def test_view_refuses_to_export_a_selection_with_errors(jobs):
    answer = ListView.as_view(table=JobTable)(request(data={"format": "csv", "keadaan": "X"}))
    assert answer.status_code == 302


def test_two_tables_cannot_share_a_slug():
    with pytest.raises(ImproperlyConfigured, match="share the slug"):
        type("Other", (Table,), {"slug": "uji-pekerjaan"})
    assert registry["uji-pekerjaan"] is JobTable


def test_a_table_without_permission_is_closed():
    assert Table().permission(Reader()) is False


def test_text_is_the_indonesian_way():
    assert Column("x", "x", kind="money").text(11872240800) == "Rp\u00a011.872.240.800"
    assert Column("x", "x", kind="percent").text(Decimal("89.643")) == "89,64\u00a0%"
    assert Column("x", "x", kind="date").text(date(2023, 8, 17)) == "17 Agustus 2023"
    assert Column("x", "x", kind="bool").text(False) == "Tidak"
    assert Column("x", "x").text(None) == "–"
