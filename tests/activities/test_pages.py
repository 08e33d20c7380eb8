"""The pages of the register of activities."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.enums import Role
from activities.models import Activity
from core.models import StoredFile
from tests.employers.pages import errors_of, queries

pytestmark = pytest.mark.django_db

KEEPERS = {Role.PLACEMENT_OFFICER, Role.TRAINING_OFFICER, Role.FAIR_OFFICER, Role.MEDIATOR, Role.SECTION_HEAD}
READERS = KEEPERS | {Role.PLANNER, Role.APIP_REVIEWER, Role.AGENCY_HEAD}
FORM = {
    "title": "Sosialisasi BPJS",
    "kind": "SOCIALISATION",
    "held_on": "2023-03-14",
    "male_BKK": "1.000",
    "female_BKK": "14",
    "female_LPK": "",
    "output_quantity": "2,5",
    "output_unit": "dokumen",
}


@pytest.mark.parametrize(
    ("name", "own", "allowed"),
    [
        ("activity_list", False, READERS),
        ("activity_new", False, KEEPERS),
        ("activity_detail", True, READERS),
        ("activity_edit", True, KEEPERS),
    ],
)
def test_who_sees_a_page(activity_with, client_as, client, name, own, allowed):
    url = reverse(f"activities:{name}", args=[activity_with().uid] if own else [])
    for role in [*Role.values, None]:
        assert client_as(role).get(url).status_code == (200 if role in allowed else 403), role
    assert client.get(url).status_code == 302


def test_an_activity_by_form(agency, client_as):
    client = client_as(Role.TRAINING_OFFICER)
    assert client.post("/kegiatan/baru/", FORM).status_code == 302
    made = Activity.objects.get()
    assert [(row.category, row.male, row.female) for row in made.participants.all()] == [("BKK", 1000, 14)]
    assert str(made.output_quantity) == "2.50"
    edit = reverse("activities:activity_edit", args=[made.uid])
    page = client.get(edit).content.decode()
    assert 'value="1.000"' in page
    assert 'value="2,50"' in page
    assert client.post(edit, FORM | {"version": "1", "male_BKK": "", "female_BKK": ""}).status_code == 302
    assert not made.participants.exists()
    assert client.post(edit, FORM | {"version": "1"}).status_code == 409
    assert not made.participants.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Isi nama kegiatan."),
        ({"kind": "PARTY"}, "Pilihan ini tidak ada dalam daftar"),
        ({"held_on": "2023-02-30"}, "tidak ada di kalender"),
        ({"ended_on": "2023-03-01"}, "lebih awal"),
        ({"held_on": "2023-12-31"}, "belum tiba"),
        ({"male_BKK": "-4"}, "Tulis angka dari 0"),
        ({"male_BKK": "banyak"}, "bukan angka"),
        ({"male_BKK": "100.001"}, "sampai 100.000"),
        ({"output_quantity": "1,234"}, "dua angka di belakang koma"),
        ({"output_unit": ""}, "Isi satuan keluaran"),
        ({"sub_activity": "999"}, "Pilihan ini tidak ada dalam daftar"),
    ],
)
def test_a_bad_form_says_why_and_keeps_what_was_typed(agency, client_as, changes, words):
    page = errors_of(client_as(Role.SECTION_HEAD).post("/kegiatan/baru/", FORM | changes))
    assert words in page
    assert 'value="14"' in page
    assert not Activity.objects.exists()


def _picture() -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(data, "JPEG")
    return SimpleUploadedFile("hadir.jpg", data.getvalue(), "image/jpeg")


def test_evidence_is_sealed_and_for_readers_only(agency, client_as):
    client = client_as(Role.SECTION_HEAD)
    assert client.post("/kegiatan/baru/", FORM | {"evidence": _picture()}).status_code == 302
    stored = Activity.objects.get().evidence
    assert (stored.kind, stored.sealed) == ("activities.evidence", True)
    url = reverse("core:file", args=[stored.uid])
    assert client_as(Role.PLANNER).get(url).status_code == 200
    assert client_as(Role.JOBSEEKER).get(url).status_code in (403, 404)


def test_a_refused_activity_keeps_no_file(agency, client_as):
    client = client_as(Role.SECTION_HEAD)
    page = errors_of(client.post("/kegiatan/baru/", FORM | {"evidence": _picture(), "held_on": "2023-12-31"}))
    assert "belum tiba" in page
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff\xe0 cut", b"MZ\x90\x00 a program", b"<svg onload=alert(1)>"]
)
def test_unfit_evidence_is_refused_with_its_cause(agency, client_as, data):
    upload = SimpleUploadedFile("hadir.jpg", data, "image/jpeg")
    response = client_as(Role.SECTION_HEAD).post("/kegiatan/baru/", FORM | {"evidence": upload})
    page = errors_of(response)
    assert "erkas" in page or "ambar" in page
    assert not Activity.objects.exists()
    assert not StoredFile.objects.exists()


def test_striking_by_the_page_needs_the_head_and_a_reason(activity_with, client_as):
    made = activity_with()
    url = reverse("activities:activity_detail", args=[made.uid])
    step = {"langkah": "strike", "version": "1", "comment": "Dobel"}
    assert client_as(Role.PLACEMENT_OFFICER).post(url, step).status_code == 422
    assert client_as(Role.SECTION_HEAD).post(url, step | {"comment": " "}).status_code == 422
    made.refresh_from_db()
    assert (made.state, made.version) == ("RECORDED", 1)
    assert client_as(Role.SECTION_HEAD).post(url, step).status_code == 302
    made.refresh_from_db()
    assert made.state == "STRUCK"


@pytest.mark.parametrize("detail", [False, True])
def test_pages_ask_the_same_queries_for_one_and_three(activity_with, client_as, detail):
    client, made = client_as(Role.SECTION_HEAD), activity_with({"BKK": (1, 1)})
    url = reverse("activities:activity_detail", args=[made.uid]) if detail else "/kegiatan/"
    one = queries(client, url)
    for category in ("LPK", "UNION"):
        activity_with({"BKK": (1, 1), category: (2, 2)})
        made.participants.create(category=category, male=1)
    assert queries(client, url) == one


def test_the_list_filters_and_shows_participants(activity_with, client_as):
    activity_with({"BKK": (10, 14), "LPK": (1, 0)}, title="Bimtek operator")
    activity_with(title="Rapat lama", held_on=date(2022, 1, 4))
    page = client_as(Role.PLANNER).get("/kegiatan/?tanggal-dari=2023-01-01&urut=-people").content.decode()
    assert "Bimtek operator" in page
    assert ">25<" in page.replace("\n", "")
    assert "Rapat lama" not in page
