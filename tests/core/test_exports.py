"""Long exports: ordered by POST, made by a job, fetched by their owner until they expire."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from core import clock, exports, jobs, listing
from core.exports import order
from core.models import AuditEvent, DownloadFile, Job
from core.selection import Selection
from core.tables import Column, Table, registry

pytestmark = pytest.mark.django_db


class LongTable(Table):
    slug = "uji-panjang"
    title = "Pekerjaan panjang"
    columns = [Column("kind", "Jenis"), Column("attempts", "Usaha", kind="int")]
    search_fields = ("kind__icontains",)
    permitted = True

    def permission(self, user):
        return type(self).permitted

    def queryset(self, user):
        return Job.objects.filter(kind__startswith="uji.")


@pytest.fixture
def rows(db):
    now = clock.machine_now()
    Job.objects.bulk_create(
        Job(
            kind=f"uji.{n % 2}",
            key=f"uji{n}",
            state="FAILED",
            finished_at=now,
            not_before=now,
            created_at=now,
        )
        for n in range(2500)
    )


def ordered(user, query=None, name="xlsx"):
    row = order(Selection(LongTable(), user, query or {"q": "uji.1"}), name, actor=user)
    jobs.work_off()
    row.refresh_from_db()
    return row


def test_job_makes_exactly_the_selection_and_its_owner_fetches_it(rows, client_as):
    client = client_as()
    row = ordered(client.user)
    assert (row.state, row.rows, row.query) == ("READY", 1250, "q=uji.1")
    assert row.job.done == row.job.total == 1250
    page = client.get(reverse("core:downloads"))
    assert reverse("core:download", args=[row.uid]) in page.content.decode()
    answer = client.get(reverse("core:download", args=[row.uid]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert sheet.max_row == 1251
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"uji.1"}
    assert answer["Content-Disposition"].startswith('attachment; filename="uji-panjang-')
    assert list(AuditEvent.objects.filter(kind__startswith="export").values_list("kind", flat=True)) == [
        "export.ordered",
        "export.fetched",
    ]


def test_nobody_else_sees_or_fetches_it(rows, client_as):
    row = ordered(client_as().user)
    stranger = client_as()
    assert str(row.uid) not in stranger.get(reverse("core:downloads")).content.decode()
    assert stranger.get(reverse("core:download", args=[row.uid])).status_code == 404
    assert stranger.get(reverse("core:file", args=[row.file.uid])).status_code == 404


def test_right_that_is_gone_when_the_job_runs_is_refused(rows, client_as, monkeypatch):
    user = client_as().user
    row = order(Selection(LongTable(), user, {}), "csv", actor=user)
    monkeypatch.setattr(LongTable, "permitted", False)
    jobs.work_off()
    row.refresh_from_db()
    assert (row.state, row.message, row.file) == ("FAILED", "Anda tidak lagi berwenang atas tabel ini.", None)


def test_payload_holds_the_order_only(rows, client_as):
    row = ordered(client_as().user)
    assert row.job.payload == {"download": str(row.uid)}


def test_done_twice_has_the_effect_of_once(rows, client_as):
    row = ordered(client_as().user)
    Job.objects.filter(pk=row.job_id).update(state="QUEUED", finished_at=None)
    jobs.run(row.job_id)
    again = DownloadFile.objects.get(pk=row.pk)
    assert (again.file_id, again.rows) == (row.file_id, row.rows)


def test_it_is_removed_after_seven_days(rows, client_as, django_capture_on_commit_callbacks):
    client = client_as()
    row = ordered(client.user)
    path = row.file.path
    DownloadFile.objects.filter(pk=row.pk).update(expires_at=clock.machine_now() - timedelta(minutes=1))
    assert client.get(reverse("core:download", args=[row.uid])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("core.expire_downloads", key="uji")
        jobs.work_off()
    row.refresh_from_db()
    assert (row.state, row.file) == ("EXPIRED", None)
    assert not default_storage.exists(path)
    assert (row.created_at + timedelta(days=exports.KEEP_DAYS)).date()


def test_long_list_is_ordered_by_post_never_by_get(rows, user_with, monkeypatch):
    from tests.core.test_tables import request

    monkeypatch.setattr(listing, "DIRECT_ROWS", 1000)
    view = listing.ListView.as_view(table=LongTable)
    user = user_with()

    def send(method, path, data):
        made = request(method, path, data)
        made.user = user
        return view(made)

    assert send("get", "/uji/", {"format": "xlsx"}).status_code == 302
    assert not DownloadFile.objects.exists()
    answer = send("post", "/uji/?q=uji.0", {"format": "xlsx"})
    assert answer.url == reverse("core:downloads")
    assert DownloadFile.objects.get().query == "q=uji.0"


def test_registry_knows_the_table():
    assert registry["uji-panjang"] is LongTable
