"""A BKK sends in a class; each leaver confirms their own draft; nobody learns whose NIK is on file."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import Workbook

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, Membership, SignUp, User
from core import clock
from core.models.staging import StagedUpload
from core.personal import make_nik, mask_nik
from jobseekers.models import AK1Application, JobSeeker, OneTimeLink
from jobseekers.services import leavers
from jobseekers.services.leavers import school_of
from messaging.models import Message, Notice

pytestmark = pytest.mark.django_db
HEAD = ["NIK", "Nama lengkap", "Tempat lahir", "Tanggal lahir", "Jenis kelamin", "Kelurahan", "Alamat", "Telepon",
        "E-mail", "Pendidikan", "Jurusan", "Tahun lulus"]  # fmt: skip
UPLOAD = "/bkk/lulusan/unggah/"


@pytest.fixture
def school(agency, levels):
    """A BKK."""
    return Institution.objects.create(kind=InstitutionKind.BKK, name="SMKN Contoh 1 Cimahi")


@pytest.fixture
def operator(school, user_with, client):
    """The client of the BKK's operator."""
    from django.test import Client

    user = User.objects.create_user(email="bkk@contoh.test", full_name="Guru BKK")
    Membership.objects.create(user=user, role=Role.BKK_OPERATOR, institution=school, started_on=clock.today())
    found = Client()
    found.force_login(user, backend=None)
    found.user = user
    return found


def row(n=1, **changes):
    """A leaver's row."""
    nik = make_nik("327702", date(2005, 8, 17), "F", 100 + n)
    given = {
        "NIK": nik, "Nama lengkap": "Siti Contohwati", "Tempat lahir": "Cimahi", "Tanggal lahir": "17-08-2005",
        "Jenis kelamin": "Perempuan", "Kelurahan": "Melong", "Alamat": "Jalan Melati 1",
        "Telepon": "0812 3456 7890", "E-mail": f"siti{n}@contoh.test", "Pendidikan": "SMK",
        "Jurusan": "Akuntansi", "Tahun lulus": 2023,
    }  # fmt: skip
    return {**given, **changes}


def sheet(*rows):
    """The rows as an uploaded file."""
    book = Workbook()
    book.active.append(HEAD)
    for each in rows:
        book.active.append([each[title] for title in HEAD])
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    target.name = "lulusan.xlsx"
    return target


def send(operator, *rows, choice="all"):
    """Upload and decide; return the answer of the decision."""
    answer = operator.post(UPLOAD, {"file": sheet(*rows)})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return operator.post(answer.url, {"keputusan": choice})


def link_in(mail):
    """The path of the link in a mail."""
    return re.search(r"/ak1/draf/[\w-]+/", mail.body).group()


def mails():
    """The mails with a link to a draft, oldest first."""
    return list(Message.objects.filter(subject__startswith="Periksa draf").order_by("pk"))


class TestUpload:
    """What a BKK does and sees."""

    def test_each_row_becomes_a_draft_with_a_mailed_link(self, operator, school):
        assert send(operator, row(1), row(2)).url == reverse("jobseekers:leaver_list")
        drafts = AK1Application.objects.all()
        assert {(d.state, d.origin, d.via_institution) for d in drafts} == {("DRAFT", "BKK", school)}
        assert all(d.jobseeker.user is None and d.jobseeker.nik_verified_at is None for d in drafts)
        assert {mail.recipient for mail in mails()} == {"siti1@contoh.test", "siti2@contoh.test"}
        page = operator.get(reverse("jobseekers:leaver_list")).content.decode()
        nik = row(1)["NIK"]
        assert "S••• C•••" in page or "•" in page
        assert "Siti Contohwati" not in page
        assert nik not in page
        assert mask_nik(nik) not in page

    def test_the_school_is_the_school_not_its_job_office(self, operator, school):
        school.name = "BKK SMK Cipta Karya Rekaan"
        school.save()
        send(operator, row(1))
        assert JobSeeker.objects.get().education_school == "SMK Cipta Karya Rekaan"
        assert "Bila Anda bukan lulusan SMK Cipta Karya Rekaan" in mails()[0].body
        for name, said in (
            ("Bursa Kerja Khusus (BKK) SMKN 1", "SMKN 1"),
            ("SMKN 2", "SMKN 2"),
            ("BKK", "BKK"),
        ):
            school.name = name
            assert school_of(school) == said

    def test_the_preview_shows_what_the_school_wrote_but_no_nik(self, operator):
        answer = operator.post(UPLOAD, {"file": sheet(row(1))})
        page = operator.get(answer.url).content.decode()
        for title in ("Alamat", "Telepon", "E-mail"):
            assert row(1)[title] in page
        assert "17-08-2005" in page
        assert ">J•••<" not in page
        assert row(1)["NIK"] not in page
        assert mask_nik(row(1)["NIK"]) in page

    def test_errors_name_their_cells_and_nothing_is_saved(self, operator):
        wrong_day = row(1, **{"Tanggal lahir": "18-08-2005"})
        nameless = row(2, **{"Nama lengkap": ""})
        answer = operator.post(UPLOAD, {"file": sheet(wrong_day, nameless, row(3), row(3))})
        page = operator.get(answer.url).content.decode()
        for cell in ("A2", "B3", "A5"):
            assert cell in page
        assert operator.post(answer.url, {"keputusan": "all"}).status_code == 422
        assert not AK1Application.objects.exists()
        assert not JobSeeker.objects.exists()
        assert mails() == []

    def test_the_same_file_twice_and_the_same_person_twice(self, operator):
        send(operator, row(1))
        assert "sudah disimpan" in operator.post(UPLOAD, {"file": sheet(row(1))}).content.decode()
        again = operator.post(UPLOAD, {"file": sheet(row(1, Alamat="Jalan Lain 2"))})
        assert "unggahan Anda sebelumnya" in operator.get(again.url).content.decode()
        assert AK1Application.objects.count() == 1

    def test_a_nik_on_file_gets_the_same_answer(self, operator, person_with, user_with):
        nik = row(1)["NIK"]
        person_with(user=user_with("JOBSEEKER"), nik=nik, birth_date=date(2005, 8, 17))
        known = operator.post(UPLOAD, {"file": sheet(row(1))})
        known_page = operator.get(known.url).content.decode()
        fresh = operator.post(UPLOAD, {"file": sheet(row(2))})
        fresh_page = operator.get(fresh.url).content.decode()
        assert known_page.count("1 baris") == fresh_page.count("1 baris")
        assert operator.post(known.url, {"keputusan": "all"}).url == reverse("jobseekers:leaver_list")
        assert len(mails()) == 1

    def test_staged_rows_hold_no_nik(self, operator):
        operator.post(UPLOAD, {"file": sheet(row(1))})
        staged = StagedUpload.objects.get()
        nik = row(1)["NIK"].encode()
        assert all(nik not in bytes(each.sealed) for each in staged.rows.all())

    def test_the_template(self, operator):
        answer = operator.get(UPLOAD + "?berkas=templat")
        assert b"".join(answer.streaming_content)[:2] == b"PK"

    @pytest.mark.parametrize("role", ["JOBSEEKER", "PLACEMENT_OFFICER", "LPK_OPERATOR", "COMPANY_OPERATOR"])
    def test_nobody_else(self, client_as, role, agency, levels):
        client = client_as(role)
        assert client.get(reverse("jobseekers:leaver_list")).status_code == 403
        assert client.post(UPLOAD, {"file": sheet(row(1))}).status_code == 403
        assert not StagedUpload.objects.exists()

    def test_another_bkk_sees_nothing(self, operator, client_as):
        send(operator, row(1))
        page = client_as("BKK_OPERATOR").get(reverse("jobseekers:leaver_list")).content.decode()
        assert "Akuntansi" not in page

    def test_officers_do_not_see_a_draft_that_was_not_sent(self, operator, officer):
        send(operator, row(1))
        assert not AK1Application.objects.visible_to(officer).exists()


class TestConfirming:
    """What a leaver does with the link."""

    def everything(self):
        """What opening a link must not change."""
        return [
            list(model.objects.order_by("pk").values())
            for model in (JobSeeker, AK1Application, OneTimeLink, SignUp, User)
        ]

    def test_a_mail_scanner_changes_nothing(self, operator, client):
        send(operator, row(1))
        before, path = self.everything(), link_in(mails()[0])
        for _ in range(3):
            page = client.get(path)
            assert page.status_code == 200
            assert client.head(path).status_code == 200
        assert self.everything() == before
        text = page.content.decode()
        assert "Siti Contohwati" not in text
        assert row(1)["NIK"] not in text

    def test_an_account_is_made_and_the_draft_is_theirs_alone_to_send(self, operator, client):
        send(operator, row(1))
        path = link_in(mails()[0])
        answer = client.post(path)
        assert answer.url.startswith("/akun/daftar/")
        assert OneTimeLink.objects.get().used_at is None
        data = {
            "full_name": "Siti Contohwati",
            "password1": "kuda-laut-17-biru",
            "password2": "kuda-laut-17-biru",
        }
        made = client.post(answer.url, data)
        assert made.status_code == 302, made.content.decode()[-2500:]
        person = JobSeeker.objects.get()
        draft = AK1Application.objects.get()
        assert person.user.email == "siti1@contoh.test"
        assert OneTimeLink.objects.get().used_at is not None
        assert client.get(reverse("jobseekers:my_application", args=[draft.uid])).status_code == 200
        assert client.get(path).status_code == 404
        assert operator.get(reverse("jobseekers:my_application", args=[draft.uid])).status_code == 404
        assert (
            "Dikonfirmasi, belum dikirim" in operator.get(reverse("jobseekers:leaver_list")).content.decode()
        )

    def test_somebody_elses_sign_up_does_not_get_the_draft(self, operator):
        send(operator, row(1))
        stranger = User.objects.create_user(email="lain@contoh.test", full_name="Orang Lain")
        assert not leavers.take_over(user=stranger, nik=row(1)["NIK"])
        owner = User.objects.create_user(email="siti1@contoh.test", full_name="Siti")
        assert not leavers.take_over(user=owner, nik=row(2)["NIK"])
        assert JobSeeker.objects.get().user is None

    def test_with_an_account_one_signs_in_first(self, operator, client, user_with):
        user = User.objects.create_user(email="siti1@contoh.test", full_name="Siti")
        send(operator, row(1))
        path = link_in(mails()[0])
        assert client.post(path).status_code == 422
        assert not SignUp.objects.exists()
        other = user_with("JOBSEEKER")
        client.force_login(other, backend=None)
        assert client.post(path).status_code == 422
        client.force_login(user, backend=None)
        assert client.post(path).url == reverse("jobseekers:my_ak1")
        assert JobSeeker.objects.get().user == user

    def test_who_is_known_already_becomes_an_officers_task(self, operator, client, person_with, officer):
        user = User.objects.create_user(email="siti1@contoh.test", full_name="Siti")
        mine = person_with(user=user, nik=row(1)["NIK"], birth_date=date(2005, 8, 17))
        send(operator, row(1))
        client.force_login(user, backend=None)
        assert client.post(link_in(mails()[0])).status_code == 302
        assert JobSeeker.objects.get(user=user) == mine
        assert Notice.objects.filter(user=officer, title__contains="digabung").count() == 1

    def test_guessed_links(self, operator, client):
        send(operator, row(1))
        before = self.everything()
        for token in ("x", "a" * 32, "a" * 200):
            path = reverse("jobseekers:confirm_draft", args=[token])
            assert client.get(path).status_code == 404
            assert client.post(path).status_code == 404
        assert self.everything() == before
        answers = {client.get(path).status_code for _ in range(60)}
        assert 429 in answers
