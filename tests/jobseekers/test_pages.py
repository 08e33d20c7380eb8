"""The pages: who may open what, the way of a file through them, and what refused input leaves behind."""

import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from core.errors import Refused
from core.models import StoredFile, WorkflowLog
from core.models.audit import AuditEvent
from core.personal import blind_index, make_nik
from jobseekers.models import AK1Application, AK1Card, Episode, EpisodeEvent, JobSeeker
from jobseekers.services import applications, printing
from messaging.models import Message, Notice
from tests.pictures import photo

pytestmark = pytest.mark.django_db

TABLES = (JobSeeker, AK1Application, AK1Card, Episode, EpisodeEvent, WorkflowLog, StoredFile, Message, Notice)


def everything():
    return {table: list(table.objects.order_by("pk").values()) for table in TABLES}


def picture(size=(600, 800), kind="JPEG", **options) -> io.BytesIO:
    return photo(size, kind, **options)


def version_in(response) -> str:
    return re.search(r'name="version" value="(\d+)"', response.content.decode()).group(1)


@pytest.fixture
def record(sent, officer):
    """An approved file with its card."""
    application = sent()
    card = applications.approve(application, actor=officer, version=application.version)
    application.refresh_from_db()
    return application, card


STAFF_PAGES = ("application_list", "card_list", "person_list", "recap", "desk")
READERS = {
    "application_list": {"PLACEMENT_OFFICER", "SECTION_HEAD", "AGENCY_HEAD", "ADMINISTRATOR", "PDP_OFFICER"},
    "card_list": {"PLACEMENT_OFFICER", "SECTION_HEAD", "AGENCY_HEAD", "ADMINISTRATOR", "PDP_OFFICER"},
    "person_list": {
        "PLACEMENT_OFFICER", "SECTION_HEAD", "AGENCY_HEAD", "ADMINISTRATOR", "PDP_OFFICER", "TRAINING_OFFICER",
        "FAIR_OFFICER",
    },
    "recap": {
        "PLACEMENT_OFFICER", "SECTION_HEAD", "AGENCY_HEAD", "ADMINISTRATOR", "PDP_OFFICER", "TRAINING_OFFICER",
        "FAIR_OFFICER", "PLANNER", "APIP_REVIEWER",
    },
    "desk": {"PLACEMENT_OFFICER"},
}  # fmt: skip
ROLES = (
    "JOBSEEKER", "COMPANY_OPERATOR", "LPK_OPERATOR", "BKK_OPERATOR", "P3MI_OPERATOR", "UNION_OPERATOR",
    "PLACEMENT_OFFICER", "TRAINING_OFFICER", "FAIR_OFFICER", "MEDIATOR", "SECTION_HEAD", "PLANNER", "APIP_REVIEWER",
    "AGENCY_HEAD", "ADMINISTRATOR", "PDP_OFFICER",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_every_role_opens_exactly_its_pages(record, client_as, role):
    application, card = record
    client = client_as(role)
    before = everything()
    for page in STAFF_PAGES:
        status = client.get(reverse(f"jobseekers:{page}")).status_code
        assert status == (200 if role in READERS[page] else 403), page
    inner = {
        "application_detail": (application.uid, READERS["application_list"]),
        "card_detail": (card.uid, READERS["card_list"]),
        "person_detail": (application.jobseeker.uid, READERS["person_list"]),
        "person_edit": (application.jobseeker.uid, READERS["desk"]),
        "desk_for": (application.jobseeker.uid, READERS["desk"]),
        "card_remove": (card.uid, READERS["desk"]),
        "person_merge": (application.jobseeker.uid, {"PLACEMENT_OFFICER", "PDP_OFFICER"}),
    }
    for page, (uid, readers) in inner.items():
        status = client.get(reverse(f"jobseekers:{page}", args=[uid])).status_code
        assert status == (200 if role in readers else 403), page
    pdf = client.get(reverse("jobseekers:card_pdf", args=[card.uid])).status_code
    assert pdf == (200 if role in READERS["desk"] else 403 if role in READERS["card_list"] else 404)
    for page, uid in (
        ("my_application", application.uid),
        ("review", application.uid),
        ("my_card", card.uid),
    ):
        assert client.get(reverse(f"jobseekers:{page}", args=[uid])).status_code == 404
    photo = reverse("core:file", args=[application.jobseeker.photo.uid])
    if role not in READERS["person_list"]:
        assert client.get(photo).status_code == 404
    assert everything() == before


def test_who_is_not_signed_in_sees_only_the_check(record):
    application, card = record
    client = Client()
    assert client.get(reverse("jobseekers:check_card")).status_code == 200
    for page, args in (
        ("my_ak1", []), ("application_list", []), ("recap", []),
        ("my_card", [card.uid]), ("card_pdf", [card.uid]), ("person_detail", [application.jobseeker.uid]),
    ):  # fmt: skip
        response = client.get(reverse(f"jobseekers:{page}", args=args))
        assert response.status_code == 302
        assert "/masuk" in response.url or "login" in response.url


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"PLACEMENT_OFFICER"}))
def test_no_other_role_decides_by_post(sent, client_as, role):
    application = sent()
    client = client_as(role)
    before = everything()
    for step in ("approve", "return_", "reject", "submit", "withdraw"):
        response = client.post(
            reverse("jobseekers:application_detail", args=[application.uid]),
            {"langkah": step, "version": application.version, "comment": "x"},
        )
        assert response.status_code in (403, 404, 422), step
    for page in ("review", "cancel"):
        response = client.post(
            reverse(f"jobseekers:{page}", args=[application.uid]), {"version": application.version}
        )
        assert response.status_code == 404
    for part in ("identitas", "alamat", "kontak", "foto"):
        response = client.post(
            reverse("jobseekers:fill_part", args=[application.uid, part]), {"full_name": "X"}
        )
        assert response.status_code == 404
    assert everything() == before


ANSWERS = {
    "identitas": {
        "full_name": "Rina Lestari", "birth_place": "Cimahi", "birth_date_day": "25", "birth_date_month": "8",
        "birth_date_year": "2003", "sex": "F",
    },
    "status": {"marital_status": "SINGLE", "religion": "ISLAM", "kk": "3277020101209000"},
    "alamat": {"village": "32.77.02.1001", "address": "Jalan Melati Nomor 12", "rt": "03", "rw": "08"},
    "kontak": {"phone": "0812 3456 7890", "email": "rina@contoh.test"},
}  # fmt: skip
SCHOOL = {
    "level": "SMK", "school": "SMKN 1", "major": "TKJ", "graduated": "2021", "grade": "", "ipk_code": "",
}  # fmt: skip
LAST_EDUCATION = {
    "education": "SMK", "education_school": "SMKN 1", "education_major": "TKJ", "graduation_year": "2021",
    "skills": "Jaringan",
}  # fmt: skip


@pytest.fixture
def newcomer(client_as, agency, levels, settings):
    """A signed-in job seeker, fresh from sign-up."""
    from accounts.signals import signed_up

    client = client_as("JOBSEEKER")
    client.nik = make_nik("327702", date(2003, 8, 25), "F", 9321)
    client.user.full_name = "Rina Lestari"
    client.user.save()
    signed_up.send(sender=type(client.user), user=client.user, nik=client.nik)
    return client


def test_from_sign_up_to_card_with_a_mended_photo(newcomer, client_as, django_capture_on_commit_callbacks):
    client = newcomer
    person = JobSeeker.objects.get(user=client.user)
    assert (person.sex, person.birth_date, person.read_nik()) == ("F", date(2003, 8, 25), client.nik)

    response = client.post(reverse("jobseekers:start"), {"kind": "NEW", "reason": ""})
    application = AK1Application.objects.get()
    assert response.url == reverse("jobseekers:my_application", args=[application.uid])
    for part, answers in ANSWERS.items():
        url = reverse("jobseekers:fill_part", args=[application.uid, part])
        page = client.get(url)
        assert client.nik not in page.content.decode()
        response = client.post(url, {**answers, "version": version_in(page)})
        assert response.status_code == 302, response.context["errors"]
    url = reverse("jobseekers:row_add", args=[application.uid, "sekolah"])
    response = client.post(url, {**SCHOOL, "version": version_in(client.get(url))})
    assert response.status_code == 302, response.context["errors"]
    url = reverse("jobseekers:fill_part", args=[application.uid, "foto"])
    response = client.post(url, {"photo": picture(), "version": version_in(client.get(url))})
    assert response.url == url, "the page shows what became of the photo"
    assert "Begini nanti di kartu" in client.get(url).content.decode()
    review = reverse("jobseekers:review", args=[application.uid])
    page = client.get(review)
    assert client.nik not in page.content.decode()
    response = client.post(review, {"version": version_in(page)})
    assert response.url == reverse("jobseekers:my_application", args=[application.uid])

    officer = client_as("PLACEMENT_OFFICER")
    queue = officer.get(reverse("jobseekers:application_list") + "?lihat=menunggu")
    assert "Rina Lestari" in queue.content.decode()
    file_url = reverse("jobseekers:application_detail", args=[application.uid])
    page = officer.get(file_url)
    assert client.nik not in page.content.decode()
    assert "Cocok dengan tanggal lahir dan jenis kelamin" in page.content.decode()
    response = officer.post(
        file_url, {"langkah": "return_", "version": version_in(page), "comment": "Foto terlalu gelap."}
    )
    assert response.status_code == 302
    assert (
        "Foto terlalu gelap."
        in client.get(reverse("jobseekers:my_application", args=[application.uid])).content.decode()
    )
    assert Notice.objects.filter(user=client.user, title__contains="perbaiki").count() == 1
    assert Message.objects.filter(recipient="rina@contoh.test", subject__contains="perbaiki").count() == 1

    old = JobSeeker.objects.get(user=client.user).photo
    page = client.get(url)
    client.post(url, {"photo": picture((900, 1200)), "version": version_in(page)})
    assert not StoredFile.objects.filter(pk=old.pk).exists()
    page = client.get(reverse("jobseekers:review", args=[application.uid]))
    client.post(reverse("jobseekers:review", args=[application.uid]), {"version": version_in(page)})

    page = officer.get(file_url)
    response = officer.post(file_url, {"langkah": "approve", "version": version_in(page)})
    assert response.status_code == 302
    card = AK1Card.objects.get()
    shown = client.get(reverse("jobseekers:my_card", args=[card.uid])).content.decode()
    assert card.number_grouped in shown
    assert client.nik not in shown
    pdf = client.get(reverse("jobseekers:card_pdf", args=[card.uid]))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert "no-store" in pdf["Cache-Control"]


def test_the_photo_is_kept_without_place_and_in_the_right_shape(newcomer):
    application = applications.start_application(
        actor=newcomer.user, person=JobSeeker.objects.get(user=newcomer.user)
    )
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (6.0, 52.0, 0.0)}
    url = reverse("jobseekers:fill_part", args=[application.uid, "foto"])
    newcomer.post(url, {"photo": picture((3000, 4000), exif=exif), "version": version_in(newcomer.get(url))})
    stored = JobSeeker.objects.get().photo
    response = newcomer.get(reverse("core:file", args=[stored.uid]))
    kept = Image.open(io.BytesIO(b"".join(response.streaming_content)))
    assert kept.size == (480, 640)
    assert not kept.getexif()


def bomb() -> io.BytesIO:
    """A PNG whose header promises 50 megapixels."""
    target = picture((10, 10), "PNG")
    data = bytearray(target.getvalue())
    import struct
    import zlib

    data[16:24] = struct.pack(">II", 7200, 7000)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    found = io.BytesIO(bytes(data))
    found.name = "foto.png"
    return found


def named(data: bytes, name: str = "foto.jpg") -> io.BytesIO:
    found = io.BytesIO(data)
    found.name = name
    return found


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (bomb, "megapiksel"),
        (lambda: named(picture().getvalue()[:2000]), "rusak atau terpotong"),
        (lambda: named(b"<html><script>alert(1)</script></html>"), "halaman web"),
        (lambda: named(b"%PDF-1.7 foto"), "PDF"),
        (lambda: named(b"GIF89a" + b"\0" * 50), "GIF"),
        (lambda: named(b""), "kosong"),
        (lambda: picture((200, 300)), "kecil"),
    ],
)
def test_an_unfit_photo_is_refused_with_its_cause_and_nothing_is_kept(newcomer, upload, words):
    application = applications.start_application(
        actor=newcomer.user, person=JobSeeker.objects.get(user=newcomer.user)
    )
    url = reverse("jobseekers:fill_part", args=[application.uid, "foto"])
    version = version_in(newcomer.get(url))
    before = everything()
    response = newcomer.post(url, {"photo": upload(), "version": version})
    assert response.status_code == 422
    text = response.content.decode()
    assert words in text
    assert "Galat:" in text
    assert 'href="#id_photo"' in text
    assert everything() == before


@pytest.mark.parametrize(
    ("changes", "field", "words"), [({"kk": "12"}, "kk", "16 angka"), ({"religion": "JEDI"}, "religion", "")]
)
def test_a_wrong_status_comes_back(newcomer, changes, field, words):
    application = applications.start_application(
        actor=newcomer.user, person=JobSeeker.objects.get(user=newcomer.user)
    )
    url = reverse("jobseekers:fill_part", args=[application.uid, "status"])
    version = version_in(newcomer.get(url))
    before = everything()
    response = newcomer.post(url, {**ANSWERS["status"], **changes, "version": version})
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors[field])
    assert everything() == before


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"nik": "123"}, "nik", "16 angka"),
        ({"nik": "3277020000039001"}, "nik", "tanggal lahir"),
        ({"birth_date_day": "31", "birth_date_month": "2"}, "birth_date", "tidak ada di kalender"),
        ({"birth_date_year": "2031"}, "birth_date", "belum terjadi"),
        ({"birth_date_day": "24"}, "nik", "Tanggal lahir"),
        ({"sex": "M"}, "nik", "Jenis kelamin"),
        ({"sex": "X"}, "sex", ""),
        ({"full_name": "<script>alert(1)</script>"}, "full_name", "hanya boleh"),
        ({"full_name": ""}, "full_name", "belum diisi"),
    ],
)
def test_wrong_answers_come_back_in_indonesian_with_what_was_typed(newcomer, changes, field, words):
    application = applications.start_application(
        actor=newcomer.user, person=JobSeeker.objects.get(user=newcomer.user)
    )
    url = reverse("jobseekers:fill_part", args=[application.uid, "identitas"])
    version = version_in(newcomer.get(url))
    before = everything()
    response = newcomer.post(url, {**ANSWERS["identitas"], **changes, "version": version})
    assert response.status_code == 422
    form, text = response.context["form"], response.content.decode()
    assert field in form.errors, form.errors
    assert words in " ".join(form.errors[field])
    assert "Cimahi" in text
    assert "<script>alert(1)" not in text
    assert everything() == before


def test_a_stale_page_is_told_who_was_faster(sent, client_as, officer):
    application = sent()
    second = client_as("PLACEMENT_OFFICER")
    url = reverse("jobseekers:application_detail", args=[application.uid])
    version = version_in(second.get(url))
    applications.reject(application, actor=officer, version=application.version, comment="Bukan KTP asli")
    before = everything()
    response = second.post(url, {"langkah": "approve", "version": version})
    assert response.status_code == 409
    assert "Ratna Dewi Contohwati" in response.content.decode()
    assert everything() == before
    response = second.post(url, {"langkah": "approve"})
    assert response.status_code == 409
    assert everything() == before


def test_a_refusal_without_reason_says_so(sent, client_as):
    application = sent()
    client = client_as("PLACEMENT_OFFICER")
    url = reverse("jobseekers:application_detail", args=[application.uid])
    before = everything()
    response = client.post(url, {"langkah": "reject", "version": version_in(client.get(url)), "comment": " "})
    assert response.status_code == 422
    assert "Tulis alasan" in response.content.decode()
    assert everything() == before


def test_after_a_decision_the_next_file_opens(sent, client_as):
    first, second = sent(), sent(full_name="Budi Santoso", sex="M")
    client = client_as("PLACEMENT_OFFICER")
    url = reverse("jobseekers:application_detail", args=[first.uid])
    page = client.get(url)
    assert "berkas 1 dari 2" in page.content.decode()
    response = client.post(url, {"langkah": "approve", "version": version_in(page)})
    assert response.url == reverse("jobseekers:application_detail", args=[second.uid])


def test_nik_is_shown_for_a_reason_that_is_kept(record, client_as):
    application, _ = record
    nik = application.jobseeker.read_nik()
    url = reverse("jobseekers:reveal_nik", args=[application.jobseeker.uid])
    client = client_as("PLACEMENT_OFFICER")
    assert client.get(url).status_code == 405
    assert client.post(url, {"reason": ""}).status_code == 422
    assert not AuditEvent.objects.filter(kind="personal_data.revealed").exists()
    response = client.post(url, {"reason": "Mencocokkan dengan KTP"})
    shown = re.sub(r"\s", "", re.sub(r"<[^>]+>", "", response.content.decode()))
    assert nik in shown
    assert "no-store" in response["Cache-Control"]
    event = AuditEvent.objects.get(kind="personal_data.revealed")
    assert (event.object_uid, event.detail["reason"]) == (application.jobseeker.uid, "Mencocokkan dengan KTP")
    for role in ("SECTION_HEAD", "TRAINING_OFFICER", "ADMINISTRATOR", "JOBSEEKER", "BKK_OPERATOR"):
        response = client_as(role).post(url, {"reason": "Ingin tahu saja"})
        assert response.status_code == 403
        assert nik not in response.content.decode()
    assert AuditEvent.objects.filter(kind="personal_data.revealed").count() == 1


def test_opening_a_person_leaves_an_access_event(record, client_as):
    application, _ = record
    client_as("SECTION_HEAD").get(reverse("jobseekers:person_detail", args=[application.jobseeker.uid]))
    event = AuditEvent.objects.get(kind="personal_data.opened")
    assert event.object_uid == application.jobseeker.uid


class TestCheck:
    def test_number_and_code_show_four_public_facts(self, record):
        from jobseekers import cardcode

        application, card = record
        code = cardcode.sign(card.number, "Rina Lestari", card.issued_on, card.valid_until)
        for typed in (card.number, card.number_grouped, f" {code} "):
            text = Client().post(reverse("jobseekers:check_card"), {"code": typed}).content.decode()
            assert "asli dan berlaku" in text
            assert "Rina L••••••" in text
            assert card.number_grouped in text
            assert "20 Agustus 2025" in text
            for secret in ("Lestari", application.jobseeker.read_nik(), "2003", "Melati", "Baros"):
                assert secret not in text

    def test_ended_unknown_and_forged_are_told_apart(self, record, officer):
        from jobseekers.services import cards

        _, card = record
        url = reverse("jobseekers:check_card")
        cards.record_placement(actor=officer, person=card.jobseeker, on=date(2023, 9, 1))
        assert "tidak berlaku lagi" in Client().post(url, {"code": card.number}).content.decode()
        assert "tidak ditemukan" in Client().post(url, {"code": "3277210823999999"}).content.decode()
        assert "tidak terbaca" in Client().post(url, {"code": "AK1:ABC123"}).content.decode()
        assert Client().post(url, {"code": ""}).status_code == 422

    def test_a_card_past_its_day_does_not_hold_before_the_nightly_job(self, record):
        from core import clock

        _, card = record
        with clock.frozen(date(2025, 8, 21)):
            text = Client().post(reverse("jobseekers:check_card"), {"code": card.number}).content.decode()
        assert "tidak berlaku lagi" in text

    def test_guessing_is_slowed_down(self, agency):
        url = reverse("jobseekers:check_card")
        codes = [Client().post(url, {"code": f"32772108230000{n:02}"}).status_code for n in range(21)]
        assert codes == [200] * 20 + [429]


class TestLists:
    def test_sixteen_digits_find_a_card_or_a_person_and_stay_out_of_the_address(self, record, client_as):
        application, card = record
        client = client_as("PLACEMENT_OFFICER")
        url = reverse("jobseekers:person_list")
        response = client.post(url, {"q": card.number_grouped})
        assert response.url == reverse("jobseekers:card_detail", args=[card.uid])
        nik = application.jobseeker.read_nik()
        response = client.post(url, {"q": nik})
        assert nik not in response.url
        assert blind_index(nik).hex() in response.url
        assert "Rina Lestari" in client.get(response.url).content.decode()

    @pytest.mark.parametrize("page", ["application_list", "card_list", "person_list"])
    def test_queries_do_not_grow_with_the_rows(
        self, record, sent, officer, client_as, page, django_assert_max_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client = client_as("PLACEMENT_OFFICER")
        url = reverse(f"jobseekers:{page}")

        def count():
            client.get(url)
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert client.get(url).status_code == 200
            return len(caught)

        one = count()
        for _ in range(2):
            application = sent()
            applications.approve(application, actor=officer, version=application.version)
        assert count() == one

    @pytest.mark.parametrize("page", ["application_list", "card_list", "person_list"])
    @pytest.mark.parametrize("name", ["csv", "xlsx"])
    def test_exports_hold_no_nik(self, record, client_as, page, name):
        application, _ = record
        client = client_as("PLACEMENT_OFFICER")
        response = client.get(reverse(f"jobseekers:{page}") + f"?format={name}")
        data = b"".join(response.streaming_content) if response.streaming else response.content
        nik = application.jobseeker.read_nik()
        if name == "xlsx":
            from openpyxl import load_workbook

            book = load_workbook(io.BytesIO(data))
            text = " ".join(
                str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
            )
        else:
            text = data.decode("utf-8-sig")
        assert "Rina Lestari" in text
        assert nik not in text
        assert nik[-2:] + "•" not in text

    def test_a_formula_in_an_answer_stays_text(self, person_with, client_as):
        person_with(birth_place="=1+1", full_name="Rina")
        from core.tables_out import FORMULA_STARTS

        assert "=" in FORMULA_STARTS
        client = client_as("PLACEMENT_OFFICER")
        response = client.get(reverse("jobseekers:person_list") + "?format=csv")
        data = b"".join(response.streaming_content) if response.streaming else response.content
        assert not any(cell.startswith("=") for cell in data.decode("utf-8-sig").replace('"', "").split(";"))


SPANS = (
    "?ukuran=masuk",
    "?ukuran=masuk&asal=ONLINE&jk=F",
    "?ukuran=menunggu",
    "?ukuran=dikembalikan",
    "?ukuran=kartu&asal=ONLINE",
    "?dari=2023-08-21&sampai=2023-08-21",
    "?ukuran=masuk&dari=2023-08-01&sampai=2023-08-31",
)


class TestRecap:
    def test_each_number_opens_a_list_of_that_many(self, record, sent, person_with, places, client_as):
        person_with(village=places["32.75.01.1001"], sex="M")
        person_with(village=None)
        person_with(village=places["32.77.01.1002"], birth_date=date(1980, 1, 1), graduation_year=None)
        client = client_as("PLACEMENT_OFFICER")
        for query in (
            "",
            "?kecamatan=32.77.02",
            "?jk=M",
            "?ukuran=kartu",
            "?ukuran=kartu&tahun=2022",
            *SPANS,
        ):
            text = client.get(reverse("jobseekers:recap") + query).content.decode()
            links = re.findall(r'href="(/petugas/[^"]+)">([\d.]+)</a>', text)
            if query not in ("?ukuran=kartu&tahun=2022", "?ukuran=dikembalikan"):
                assert links, query
            for url, number in links:
                listed = client.get(url.replace("&amp;", "&"))
                assert listed.status_code == 200
                assert listed.context["page"].count == int(number.replace(".", "")), url

    def test_a_planner_sees_numbers_without_links(self, record, client_as):
        text = client_as("PLANNER").get(reverse("jobseekers:recap")).content.decode()
        assert "Cimahi Tengah" in text
        assert "/petugas/pencari-kerja/" not in text

    def test_nonsense_in_the_address_is_ignored(self, agency, client_as):
        client = client_as("PLANNER")
        for query in (
            "?tahun=abc",
            "?tahun=99999999999999999999",
            "?kecamatan=%27%3B--",
            "?jk=Z",
            "?ukuran=x",
            "?format=exe",
        ):
            assert client.get(reverse("jobseekers:recap") + query).status_code == 200


class TestDesk:
    def answers(self, **changes):
        nik = make_nik("327702", date(2003, 8, 25), "F", 9777)
        merged = {key: value for part in (*ANSWERS.values(), LAST_EDUCATION) for key, value in part.items()}
        return {**merged, "nik": nik, "photo": picture(), **changes}

    def test_a_walk_in_is_in_the_queue_at_once(self, agency, levels, client_as):
        client = client_as("PLACEMENT_OFFICER")
        response = client.post(reverse("jobseekers:desk"), self.answers())
        assert response.status_code == 302, response.context["errors"]
        application = AK1Application.objects.get()
        assert (application.origin, application.state) == ("DESK", "SUBMITTED")
        before = everything()
        response = client.post(reverse("jobseekers:desk"), self.answers())
        assert response.status_code == 422
        assert "sudah terdaftar" in response.content.decode()
        assert everything() == before

    def test_a_missing_answer_keeps_nothing_not_even_the_photo(self, agency, levels, client_as):
        client = client_as("PLACEMENT_OFFICER")
        before = everything()
        response = client.post(reverse("jobseekers:desk"), self.answers(birth_date_day="24"))
        assert response.status_code == 422
        assert everything() == before

    def test_renewal_at_the_counter_for_a_known_person(self, record, client_as):
        from core import clock

        application, _ = record
        client = client_as("PLACEMENT_OFFICER")
        url = reverse("jobseekers:desk_for", args=[application.jobseeker.uid])
        with clock.frozen(date(2025, 8, 10)):
            response = client.post(
                url, {"kind": "RENEWAL", "reason": "", "version": version_in(client.get(url))}
            )
            draft = AK1Application.objects.latest("pk")
            assert response.url == reverse("jobseekers:application_detail", args=[draft.uid])
            for step in ("submit", "approve"):
                page = client.get(response.url if step == "submit" else url_of(draft))
                client.post(url_of(draft), {"langkah": step, "version": version_in(page)})
        assert AK1Card.objects.active().get().kind == "RENEWAL"


def url_of(application) -> str:
    return reverse("jobseekers:application_detail", args=[application.uid])


class TestCardPage:
    def test_printing_is_counted_and_leads_to_the_paper(self, record, client_as):
        _, card = record
        client = client_as("PLACEMENT_OFFICER")
        url = reverse("jobseekers:card_detail", args=[card.uid])
        version = version_in(client.get(url))
        response = client.post(url, {"langkah": "print", "version": version})
        assert response.url == reverse("jobseekers:card_pdf", args=[card.uid])
        card.refresh_from_db()
        assert card.print_count == 1
        assert client.post(url, {"langkah": "print", "version": version}).status_code == 409
        assert client.post(url, {"langkah": "expire", "version": card.version}).status_code == 404
        assert client.post(url, {"langkah": "place", "version": card.version}).status_code == 404
        card.refresh_from_db()
        assert (card.print_count, card.state) == (1, "ACTIVE")

    @pytest.mark.parametrize("role", ["SECTION_HEAD", "PDP_OFFICER", "ADMINISTRATOR"])
    def test_readers_only_read(self, record, client_as, role):
        _, card = record
        client = client_as(role)
        before = everything()
        url = reverse("jobseekers:card_detail", args=[card.uid])
        for step in ("print", "report", "remove", "place", "expire", "replace"):
            assert client.post(url, {"langkah": step, "version": card.version}).status_code == 404
        removal = reverse("jobseekers:card_remove", args=[card.uid])
        answers = {"reason": "MOVED", "comment": "Surat", "version": card.version}
        assert client.post(removal, answers).status_code == 403
        assert everything() == before

    def test_an_ended_card_is_not_printed(self, record, client_as, officer):
        _, card = record
        client = client_as("PLACEMENT_OFFICER")
        removal = reverse("jobseekers:card_remove", args=[card.uid])
        answers = {"reason": "MOVED", "comment": "Surat", "version": version_in(client.get(removal))}
        assert client.post(removal, answers).status_code == 302
        card.refresh_from_db()
        assert (card.state, card.removal_reason) == ("REMOVED", "MOVED")
        assert client.get(reverse("jobseekers:card_pdf", args=[card.uid])).status_code == 403
        with pytest.raises(Refused, match="tidak berlaku"):
            printing.count_print(card, actor=officer, version=card.version)


class TestPeoplePages:
    def test_a_correction_at_the_counter_reaches_the_file_that_waits(self, sent, client_as):
        application = sent()
        client = client_as("PLACEMENT_OFFICER")
        url = reverse("jobseekers:person_edit", args=[application.jobseeker.uid])
        merged = {key: value for part in (*ANSWERS.values(), LAST_EDUCATION) for key, value in part.items()}
        answers = {**merged, "address": "Jalan Baru 7", "version": version_in(client.get(url))}
        assert client.post(url, answers).status_code == 302
        assert JobSeeker.objects.get(pk=application.jobseeker_id).address == "Jalan Baru 7"
        assert AK1Application.objects.get(pk=application.pk).version == application.version + 1
        assert client.post(url, answers).status_code == 409

    def test_merging_leads_to_the_winner_and_old_links_follow(self, person_with, client_as):
        loser, winner = person_with(nik=""), person_with()
        client = client_as("PLACEMENT_OFFICER")
        url = reverse("jobseekers:person_merge", args=[loser.uid])
        answers = {"keep": str(winner.uid), "reason": "KTP sama", "version": version_in(client.get(url))}
        before = everything()
        wrong = client.post(url, {**answers, "keep": "00000000-0000-4000-8000-000000000000"})
        assert wrong.status_code == 422
        assert everything() == before
        client.post(url, answers)
        response = client.get(reverse("jobseekers:person_detail", args=[loser.uid]))
        assert response.url == reverse("jobseekers:person_detail", args=[winner.uid])

    def test_erasure_is_for_the_data_protection_officer(self, person_with, client_as):
        person = person_with()
        url = reverse("jobseekers:person_detail", args=[person.uid])
        step = {"langkah": "erase", "version": person.version, "comment": "Surat 5/2023"}
        before = everything()
        assert client_as("PLACEMENT_OFFICER").post(url, step).status_code == 404
        assert everything() == before
        client = client_as("PDP_OFFICER")
        assert "Hapus data" in client.get(url).content.decode()
        assert client.post(url, step).status_code == 302
        person.refresh_from_db()
        assert person.erased_at is not None
        assert "Rina" not in client.get(url).content.decode()


def test_a_nik_found_to_be_another_s_is_dropped(newcomer, officer):
    from accounts.signals import nik_released

    person = JobSeeker.objects.get(user=newcomer.user)
    nik_released.send(sender=None, user=newcomer.user, nik_index=b"0" * 32, actor=officer)
    person.refresh_from_db()
    assert person.nik_sealed is not None
    nik_released.send(sender=None, user=newcomer.user, nik_index=blind_index(newcomer.nik), actor=officer)
    person.refresh_from_db()
    assert (person.nik_sealed, person.nik_index, person.nik_verified_at) == (None, None, None)
