"""List, detail and form pages as a browser gets them: state in the URL, 404 for what isn't yours, 409 when stale."""

import pytest
from django import forms
from django.db import connection
from django.db.models import BinaryField, Value
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from core import clock
from core.errors import Refused
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from core.models import Job
from core.personal import blind_index
from core.tables import Column, Filter, Table
from core.workflow import StaleRecord

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
NIK = "3277010101909001"


class DutyTable(Table):
    slug = "uji-tugas"
    title = "Tugas"
    noun = "tugas"
    columns = [
        Column("key", "Nama", sort="key"),
        Column("state", "Keadaan", kind="tag", choices=Job.state.field.choices),
    ]
    filters = [Filter("keadaan", "Keadaan", field="state", choices=Job.state.field.choices)]
    search_fields = ("key__icontains",)
    nik_field = "token"

    def permission(self, user):
        return user.full_name != "Tamu"

    def queryset(self, user):
        return Job.objects.visible_to(user).annotate(
            token=Value(blind_index(NIK), output_field=BinaryField())
        )

    def row_url(self, row):
        return f"/tugas/{row.uid}/"


class DutyList(ListView):
    table = DutyTable

    def primary_action(self):
        return Link("Tugas baru", "/tugas/baru/")


class DutyDetail(DetailView):
    table = DutyTable

    def facts(self, record):
        return [Fact("Nama", record.key), Fact("Dibuat", record.created_at, kind="date")]

    def side(self, record):
        return [Section("Catatan", rows=[["a", "b"]], head=["Satu", "Dua"])]

    def history(self, record):
        return []

    def actions(self, record):
        return [
            Action("selesai", "Selesaikan", main=True),
            Action("tolak", "Tolak", needs_comment=True, danger=True),
        ]

    def perform(self, record, step, *, version, comment):
        if step == "tolak":
            raise Refused("Tulis alasan penolakan.")
        if version != 3:
            raise StaleRecord(
                "Rina sudah mengubah data ini (disetujui) pada 20 November 2026 pukul 09.00 WIB."
            )


class DutyForm(forms.Form):
    name = forms.CharField(label="Nama", max_length=20)
    start = forms.CharField(label="Mulai", required=False)


class DutyCreate(FormView):
    form_class = DutyForm
    page_title = "Tugas baru"

    def allowed(self):
        return self.request.user.full_name != "Tamu"

    def perform(self, form, record, version):
        if form.cleaned_data["name"] == "basi":
            raise StaleRecord("Rina sudah mengubah data ini pada 20 November 2026.")
        if form.cleaned_data["name"] == "ganda":
            raise Refused("Nama ini sudah dipakai. Pilih nama lain.", field="name")
        return record

    def success_url(self, record):
        return "/tugas/"


urlpatterns = [
    path("tugas/", DutyList.as_view()),
    path("tugas/baru/", DutyCreate.as_view()),
    path("tugas/<uuid:uid>/", DutyDetail.as_view()),
    path("", include("config.urls")),
]


@pytest.fixture
def duties(client_as):
    client, now = client_as(), clock.machine_now()
    client.rows = Job.objects.bulk_create(
        Job(kind="uji", key=f"tugas {number:02d}", actor=client.user, not_before=now, created_at=now)
        for number in range(30)
    )
    return client


def test_list_shows_count_rows_links_and_exports(duties):
    answer = duties.get("/tugas/?keadaan=QUEUED&urut=-key")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "30 tugas" in page
    assert page.index("tugas 29") < page.index("tugas 10")
    assert "tugas 02" not in page
    assert f'href="/tugas/{duties.rows[29].uid}/"' in page
    assert "keadaan=QUEUED&amp;urut=-key&amp;hal=2" in page
    assert "keadaan=QUEUED&amp;urut=-key&amp;format=xlsx" in page
    assert 'href="/tugas/baru/"' in page
    assert "HX-Request" in answer["Vary"]


def test_htmx_gets_the_table_part_only(duties):
    part = duties.get("/tugas/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="daftar"')
    assert "<html" not in part
    boosted = duties.get("/tugas/", headers={"HX-Request": "true", "HX-Boosted": "true"}).content.decode()
    assert "<html" in boosted


def test_wrong_address_is_400_with_the_cause_and_no_rows(duties):
    answer = duties.get("/tugas/?keadaan=LAIN")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Keadaan: pilihan “LAIN” tidak dikenal." in page
    assert "tugas 01" not in page


def test_a_nik_is_searched_by_post_and_never_stands_in_an_address(duties):
    answer = duties.post(
        "/tugas/", {"q": f"{NIK[:6]} {NIK[6:12]} {NIK[12:]}", "urut": "key", "csrfmiddlewaretoken": "x"}
    )
    assert answer.status_code == 302
    assert NIK not in answer.url
    assert answer.url == f"/tugas/?q=nik%3A{blind_index(NIK).hex()}&urut=key"
    page = duties.get(answer.url)
    assert "30 tugas" in page.content.decode()
    assert NIK not in page.content.decode()
    assert duties.get(f"/tugas/?q={NIK}").status_code == 400


def test_strangers_see_nothing_and_guests_nothing_at_all(duties, client_as, user_with):
    stranger = client_as()
    assert "tugas 01" not in stranger.get("/tugas/").content.decode()
    assert stranger.get(f"/tugas/{duties.rows[0].uid}/").status_code == 404
    guest = client_as(user=user_with(full_name="Tamu", email="tamu@contoh.test"))
    for url in ("/tugas/", "/tugas/baru/", f"/tugas/{duties.rows[0].uid}/"):
        assert guest.get(url).status_code == 403


def test_detail_shows_facts_side_and_actions(duties):
    page = duties.get(f"/tugas/{duties.rows[0].uid}/").content.decode()
    for words in ("tugas 00", "Catatan", "Selesaikan", "Tolak"):
        assert words in page


def test_step_of_a_fresh_page_is_done(duties):
    url = f"/tugas/{duties.rows[0].uid}/"
    assert duties.post(url, {"langkah": "selesai", "version": "3"}).status_code == 302


def test_step_of_a_stale_page_is_409_and_says_who_and_when(duties):
    url = f"/tugas/{duties.rows[0].uid}/"
    for version in ("2", "", "abc"):
        answer = duties.post(url, {"langkah": "selesai", "version": version})
        assert answer.status_code == 409
        assert "Rina sudah mengubah data ini (disetujui) pada 20 November 2026" in answer.content.decode()


def test_refused_step_is_422_with_the_reason_and_what_was_typed(duties):
    url = f"/tugas/{duties.rows[0].uid}/"
    answer = duties.post(url, {"langkah": "tolak", "version": "3", "comment": "kurang jelas"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Tulis alasan penolakan." in page
    assert "kurang jelas" in page
    assert duties.post(url, {"langkah": "hapus"}).status_code == 404


def test_form_keeps_what_was_typed_and_puts_the_error_at_its_field(duties):
    answer = duties.post("/tugas/baru/", {"name": "", "start": "besok"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="besok"' in page
    assert 'href="#id_name"' in page
    refused = duties.post("/tugas/baru/", {"name": "ganda"}).content.decode()
    assert "Nama ini sudah dipakai. Pilih nama lain." in refused
    assert 'href="#id_name"' in refused
    assert duties.post("/tugas/baru/", {"name": "basi"}).status_code == 409
    assert duties.post("/tugas/baru/", {"name": "baik"}).url == "/tugas/"


def test_get_never_writes(duties):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        duties.get("/tugas/")
        duties.get(f"/tugas/{duties.rows[0].uid}/")
        duties.get("/unduhan/")
    written = [query["sql"] for query in seen if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert [sql for sql in written if "session" not in sql.lower()] == []
