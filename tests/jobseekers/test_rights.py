"""Rights over personal data: consents, my data, requests with their clock, who looked, erasure everywhere."""

import io
import json
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader

from accounts.enums import Role
from accounts.models import User, UserIdentifier
from accounts.services import bind_nik
from core import audit, clock, files, search
from core.errors import Refused
from core.images import Content
from core.models import StoredFile, WorkflowLog
from core.models.audit import AuditEvent
from core.workflow import NotAllowed, StaleRecord
from jobseekers import models as m
from jobseekers.enums import RequestKind
from jobseekers.looks import CARD_PRINTED, DUTIES, NO_REASON, looks_at, tell
from jobseekers.my_data import parts
from jobseekers.services import applications, cards, consents, rights
from jobseekers.services.affected import affected, build_query
from jobseekers.services.erasure import CannotErase, erase_person
from messaging.models import Message, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def pdp(user_with):
    """A data protection officer."""
    return user_with("PDP_OFFICER", full_name="Pejabat Data")


@pytest.fixture
def rina(person_with, seeker):
    """A person with an account."""
    return person_with(user=seeker, email="rina@contoh.test")


def ask(person, kind="ERASURE", text="Saya minta data saya dihapus."):
    return rights.make_request(person, actor=person.user, kind=kind, text=text)


class TestConsents:
    def test_nothing_is_given_beforehand_and_a_yes_can_be_taken_back(self, rina):
        purposes = [text.purpose for text in consents.current_texts()]
        assert purposes == ["kabar", "pelacakan", "perusahaan"]
        assert not any(consents.consented(rina, purpose) for purpose in purposes)
        first = consents.give(rina, actor=rina.user, purpose="kabar", version=1)
        assert consents.give(rina, actor=rina.user, purpose="kabar", version=1) == first
        assert consents.consented(rina, "kabar")
        assert not consents.consented(rina, "pelacakan")
        assert consents.withdraw(rina, actor=rina.user, purpose="kabar") == 1
        assert consents.withdraw(rina, actor=rina.user, purpose="kabar") == 0
        assert not consents.consented(rina, "kabar")
        again = consents.give(rina, actor=rina.user, purpose="kabar", version=1)
        assert m.Consent.objects.filter(jobseeker=rina).count() == 2
        assert again != first

    def test_a_new_wording_asks_again(self, rina):
        consents.give(rina, actor=rina.user, purpose="kabar", version=1)
        m.ConsentText.objects.create(
            purpose="kabar", version=2, title="Kabar", text="Kata baru", in_force_from=clock.today()
        )
        assert not consents.consented(rina, "kabar")
        with pytest.raises(Refused, match="sudah diganti"):
            consents.give(rina, actor=rina.user, purpose="kabar", version=1)
        consents.give(rina, actor=rina.user, purpose="kabar", version=2)
        assert [row.text.version for row in m.Consent.objects.in_force().filter(jobseeker=rina)] == [2]

    def test_only_the_person_and_only_of_full_age(self, rina, officer, person_with, user_with):
        with pytest.raises(Refused, match="pemilik data"):
            consents.give(rina, actor=officer, purpose="kabar", version=1)
        pupil = person_with(user=user_with("JOBSEEKER"), birth_date=date(2007, 1, 2))
        with pytest.raises(Refused, match="orang tua"):
            consents.give(pupil, actor=pupil.user, purpose="kabar", version=1)
        assert not m.Consent.objects.exists()

    def test_pages(self, rina, client_as):
        client = client_as(user=rina.user)
        page = client.get(reverse("jobseekers:my_consent", args=["kabar"]))
        assert b"checked" not in page.content
        url = reverse("jobseekers:my_consent", args=["kabar"])
        assert client.post(url, {"langkah": "setuju", "teks": "1"}).status_code == 302
        assert consents.consented(rina, "kabar")
        assert client.post(url, {"langkah": "setuju", "teks": "7"}).status_code == 422
        assert client.post(url, {"langkah": "tarik"}).status_code == 302
        assert not consents.consented(rina, "kabar")
        assert client.post(url, {"langkah": "lain"}).status_code == 404
        assert client_as("COMPANY_OPERATOR").get(url).status_code == 404

    def test_loading_the_texts_again_changes_nothing(self):
        before = list(m.ConsentText.objects.order_by("pk").values())
        assert consents.load_texts() == 0
        assert list(m.ConsentText.objects.order_by("pk").values()) == before


class TestMyData:
    def test_every_table_that_points_at_a_person_is_told(self):
        told = {table for part in parts() for table in part.tables}
        pointing = {
            relation.related_model
            for relation in m.JobSeeker._meta.related_objects
            if not relation.related_model.__name__.startswith("Historical")
        }
        assert pointing - told == set()

    def test_json_holds_all_and_looking_is_kept(self, rina, client_as, sent, officer):
        application = sent(person=rina)
        applications.approve(application, actor=officer, version=application.version)
        consents.give(rina, actor=rina.user, purpose="kabar", version=1)
        response = client_as(user=rina.user).post(reverse("jobseekers:my_data_file", args=["json"]))
        assert response["Cache-Control"].startswith("max-age=0")
        data = json.loads(response.content)["data"]
        assert data["identity"]["isi"][0]["nik"] == rina.read_nik()
        assert data["identity"]["isi"][0]["kk"] == rina.read_kk()
        assert [row["state"] for row in data["applications"]["isi"]] == ["Disetujui"]
        assert len(data["cards"]["isi"]) == len(data["consents"]["isi"]) == len(data["episodes"]["isi"]) == 1
        assert set(data) == {part.key for part in parts()}
        event = AuditEvent.objects.get(kind=rights.DOWNLOADED)
        assert (event.object_uid, event.detail) == (rina.uid, {"format": "json"})

    def test_pdf_is_made_and_kept_nowhere(self, rina, client_as):
        files_before = StoredFile.objects.count()
        response = client_as(user=rina.user).post(reverse("jobseekers:my_data_file", args=["pdf"]))
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
        assert rina.full_name in text
        assert rina.read_nik() in text
        assert StoredFile.objects.count() == files_before

    def test_a_get_fetches_nothing_and_others_have_none(self, rina, client_as):
        url = reverse("jobseekers:my_data_file", args=["json"])
        assert client_as(user=rina.user).get(url).status_code == 405
        assert client_as("PDP_OFFICER").post(url).status_code == 404
        assert (
            client_as(user=rina.user).post(reverse("jobseekers:my_data_file", args=["xml"])).status_code
            == 404
        )
        assert not AuditEvent.objects.filter(kind=rights.DOWNLOADED).exists()


class TestLooks:
    def test_officers_looks_with_role_and_reason(self, rina, officer, client_as):
        client = client_as(user=officer)
        client.get(reverse("jobseekers:person_detail", args=[rina.uid]))
        client.post(reverse("jobseekers:reveal_nik", args=[rina.uid]), {"reason": "Cocokkan dengan KTP"})
        audit.record(audit.OPENED, actor=rina.user, obj=rina, detail={})
        shown, opened = tell(list(looks_at(rina)))
        assert (shown.name, shown.role, shown.why) == (
            officer.full_name,
            "Pengantar kerja",
            "Cocokkan dengan KTP",
        )
        assert opened.what == "Data diri"
        page = client_as(user=rina.user).get(reverse("jobseekers:my_looks")).content.decode()
        assert "Cocokkan dengan KTP" in page
        assert officer.email not in page

    @pytest.mark.parametrize(
        ("role", "detail", "what", "why"),
        [
            ("PLACEMENT_OFFICER", {"page": "person"}, "Data diri", "Melayani Anda sebagai pencari kerja"),
            (
                "PLACEMENT_OFFICER",
                {"page": "application"},
                "Permohonan AK-1",
                "Memeriksa permohonan AK-1 Anda",
            ),
            (
                "PLACEMENT_OFFICER",
                {"page": "document", "kind": "KTP"},
                "Dokumen: KTP",
                "Memeriksa dokumen permohonan AK-1 Anda",
            ),
            ("TRAINING_OFFICER", {"page": "person"}, "Data diri", "Mengurus pelatihan kerja"),
            ("FAIR_OFFICER", {"page": "person"}, "Data diri", "Mengurus bursa kerja"),
            ("MEDIATOR", {"page": "person"}, "Data diri", "Menangani perselisihan hubungan industrial"),
            ("SECTION_HEAD", {"page": "application"}, "Permohonan AK-1", "Mengawasi pelayanan di bidangnya"),
            ("AGENCY_HEAD", {"page": "person"}, "Data diri", "Mengawasi pelayanan Dinas"),
            (
                "PLANNER",
                {"page": "person"},
                "Data diri",
                "Mencocokkan angka laporan kinerja dengan rekaman di baliknya",
            ),
            ("ADMINISTRATOR", {"page": "person"}, "Data diri", "Mengurus sistem dan membantu pengguna"),
            (
                "PDP_OFFICER",
                {"page": "api"},
                "Data diri, lewat aplikasi yang tersambung (API)",
                "Menjaga data pribadi dan menjawab permintaan pemilik data",
            ),
        ],
    )
    def test_the_reason_follows_role_and_page(self, rina, user_with, role, detail, what, why):
        audit.record(audit.OPENED, actor=user_with(role), obj=rina, detail=detail)
        (look,) = tell(list(looks_at(rina)))
        assert (look.role, look.what, look.why) == (str(Role(role).label), what, why)

    def test_every_role_of_the_office_has_a_duty(self):
        outside = {
            Role.JOBSEEKER, Role.COMPANY_OPERATOR, Role.BKK_OPERATOR, Role.P3MI_OPERATOR, Role.UNION_OPERATOR,
        }  # fmt: skip
        assert set(DUTIES) == set(Role) - outside

    def test_whose_role_is_over_has_no_reason_made_up(self, rina, user_with):
        audit.record(audit.OPENED, actor=user_with(), obj=rina)
        (look,) = tell(list(looks_at(rina)))
        assert (look.role, look.why) == ("Peran tidak tercatat", NO_REASON)

    def test_the_printed_card_is_a_look_but_not_by_its_holder(self, sent, officer, client_as):
        application = sent()
        card = applications.approve(application, actor=officer, version=application.version, knowingly=True)
        person = application.jobseeker
        url = reverse("jobseekers:card_pdf", args=[card.uid])
        for user in (person.user, officer):
            assert client_as(user=user).get(url).status_code == 200
        (look,) = tell(list(looks_at(person)))
        assert (look.name, look.why) == (officer.full_name, "Mencetak kartu AK-1 Anda")
        assert "NIK" in look.what

    def test_a_breach_counts_who_was_printed_by_staff_not_who_prints_the_own_card(self, sent, officer):
        cards = []
        for _ in range(2):
            application = sent()
            cards.append(
                applications.approve(application, actor=officer, version=application.version, knowingly=True)
            )
        audit.record(CARD_PRINTED, actor=officer, obj=cards[0])
        audit.record(CARD_PRINTED, actor=cards[1].jobseeker.user, obj=cards[1])
        day = clock.today()
        query = build_query(kinds=["nik"], door="looks", since=day, until=day, account=None)
        assert list(affected(query)) == [cards[0].jobseeker]

    @pytest.mark.parametrize("looks", [1, 3])
    def test_a_fixed_number_of_queries(self, rina, user_with, django_assert_num_queries, looks):
        for _ in range(looks):
            audit.record(audit.OPENED, actor=user_with("PLACEMENT_OFFICER"), obj=rina)
        events = list(looks_at(rina))
        with django_assert_num_queries(1):
            told = tell(events)
        assert [look.role for look in told] == ["Pengantar kerja"] * looks


class TestRequests:
    def test_the_clock_counts_calendar_hours(self, rina, pdp):
        friday = clock.local(datetime.combine(date(2023, 8, 25), time(16, 30)))
        with clock.frozen(friday):
            request = ask(rina)
        assert request.due_at - request.made_at == timedelta(hours=72)
        with clock.frozen(friday + timedelta(hours=72)):
            assert not request.is_late
        with clock.frozen(friday + timedelta(hours=72, seconds=1)):
            assert request.is_late
        assert Notice.objects.get(user=pdp).url.endswith(f"{request.uid}/")

    def test_one_of_a_kind_at_a_time(self, rina):
        ask(rina)
        with pytest.raises(Refused, match="masih menunggu"):
            ask(rina)
        ask(rina, kind="CORRECTION", text="Nama saya salah eja.")
        assert m.DataRequest.objects.count() == 2

    def test_a_request_says_something_and_is_the_persons_own(self, rina, officer):
        with pytest.raises(Refused, match="paling sedikit"):
            ask(rina, text="hapus")
        with pytest.raises(Refused, match="pemilik data"):
            rights.make_request(rina, actor=officer, kind="ERASURE", text="Hapus data orang ini.")
        with pytest.raises(Refused, match="Pilih jenis"):
            ask(rina, kind="LAIN")
        assert not m.DataRequest.objects.exists()

    def test_a_refusal_needs_its_reason_and_the_person_reads_it(self, rina, pdp):
        request = ask(rina)
        with pytest.raises(Refused, match="alasan penolakan"):
            rights.refuse_request(request, actor=pdp, version=request.version, answer=" ")
        assert m.DataRequest.objects.get().state == "OPEN"
        refused = rights.refuse_request(
            request, actor=pdp, version=request.version, answer="Data wajib disimpan lima tahun menurut JRA."
        )
        assert (refused.state, refused.answered_by) == ("REFUSED", pdp)
        assert "JRA" in Notice.objects.get(user=rina.user).body
        assert Message.objects.filter(recipient="rina@contoh.test").count() == 1
        with pytest.raises(StaleRecord):
            rights.grant_request(request, actor=pdp, version=request.version, answer="Dikabulkan sekarang.")

    def test_only_the_pdp_officer_answers(self, rina, officer):
        request = ask(rina)
        with pytest.raises(NotAllowed):
            rights.refuse_request(
                request, actor=officer, version=request.version, answer="Tidak bisa dikabulkan."
            )
        assert m.DataRequest.objects.get().state == "OPEN"

    @pytest.mark.parametrize("kind", [RequestKind.RESTRICTION, RequestKind.OBJECTION])
    def test_an_objection_closes_consents(self, rina, pdp, kind):
        consents.give(rina, actor=rina.user, purpose="kabar", version=1)
        request = ask(rina, kind=kind)
        rights.grant_request(request, actor=pdp, version=request.version, answer="Pemrosesan dibatasi.")
        assert not consents.consented(rina, "kabar")
        assert m.JobSeeker.objects.get().erased_at is None

    def test_queue_and_pages(self, rina, client_as, person_with, user_with):
        client = client_as(user=rina.user)
        response = client.post(
            reverse("jobseekers:my_request_new"), {"kind": "ERASURE", "text": "Saya minta data saya dihapus."}
        )
        request = m.DataRequest.objects.get()
        own = reverse("jobseekers:my_request", args=[request.uid])
        assert response["Location"] == own
        stranger = client_as("JOBSEEKER")
        assert stranger.get(own).status_code == stranger.post(own).status_code == 404
        late = clock.now() + timedelta(hours=80)
        with clock.frozen(late):
            page = client_as("PDP_OFFICER").get(reverse("jobseekers:data_request_list")).content.decode()
            assert "lewat 8 jam" in page
            queue = client_as("PDP_OFFICER").get(reverse("jobseekers:data_request_list") + "?lihat=lewat")
            assert queue.context["page"].count == 1
        assert client.post(own, {"version": request.version}).status_code == 302
        assert m.DataRequest.objects.get().state == "WITHDRAWN"
        assert client_as("PLACEMENT_OFFICER").get(reverse("jobseekers:data_request_list")).status_code == 403

    def test_answering_on_the_page(self, rina, client_as):
        request = ask(rina)
        client = client_as("PDP_OFFICER")
        url = reverse("jobseekers:data_request_detail", args=[request.uid])
        step = {"langkah": "refuse", "version": request.version, "comment": ""}
        assert client.post(url, step).status_code == 422
        assert client.post(url, step | {"langkah": "withdraw", "comment": "x" * 20}).status_code == 422
        assert client.post(url, step | {"comment": "Wajib disimpan menurut arsip."}).status_code == 302
        assert m.DataRequest.objects.get().state == "REFUSED"


def _everything_of(person, photo_file, officer):
    """Leave the person's words in every table of the room."""
    document = files.store(Content(b"%PDF-1", "application/pdf"), actor=officer, kind="x", sealed=True)
    m.PersonDocument.objects.create(
        jobseeker=person, kind="KTP", file=document, printed_name="Rina Lestari", uploaded_at=clock.now()
    )
    m.WorkHistory.objects.create(
        jobseeker=person, employer="Rina Lestari Motor", occupation="Kasir", started_on=date(2022, 1, 1)
    )
    m.Interview.objects.create(
        jobseeker=person, held_on=clock.today(), notes="Rina Lestari ingin bekerja", officer=officer
    )
    search.index("person", person.uid, words=["Rina Lestari"], exact_indexes=[bytes(person.nik_index)])
    return document


class TestErasure:
    def test_a_granted_erasure_reaches_everything(
        self, rina, pdp, officer, sent, photo_file, django_capture_on_commit_callbacks
    ):
        nik, user = rina.read_nik(), rina.user
        bind_nik(actor=None, user=user, nik=nik)
        application = sent(person=rina)
        card = applications.approve(application, actor=officer, version=application.version)
        cards.remove_from_register(
            card, actor=officer, version=card.version, reason="WITHDREW", comment="Rina Lestari mundur"
        )
        rina.refresh_from_db()
        document = _everything_of(rina, photo_file, officer)
        request = ask(rina)
        with django_capture_on_commit_callbacks(execute=True):
            granted = rights.grant_request(
                request, actor=pdp, version=request.version, answer="Dikabulkan sesuai permintaan."
            )
        assert granted.state == "GRANTED"
        assert granted.answer == "Dikabulkan sesuai permintaan."
        assert not StoredFile.objects.filter(pk__in=[document.pk, rina.photo_id]).exists()
        assert not UserIdentifier.objects.exists()
        account = User.objects.get(pk=user.pk)
        assert (account.is_active, account.full_name) == (False, "(data dihapus)")
        assert m.EpisodeEvent.objects.count() == 2
        assert m.AK1Card.objects.count() == 1
        (mail,) = Message.objects.exclude(recipient="")
        assert mail.key.startswith("erased:")
        _nowhere(["Rina Lestari", nik, bytes(rina.nik_index), "Rina%mundur"])

    def test_the_account_of_an_officer_stays(self, person_with, officer, pdp):
        person = person_with(user=officer)
        erase_person(person, actor=pdp, version=person.version, reason="Surat 1")
        account = User.objects.get(pk=officer.pk)
        assert account.is_active
        assert account.full_name == officer.full_name

    def test_not_while_a_card_holds_and_then_nothing_is_changed(self, rina, pdp, officer, sent):
        application = sent(person=rina)
        applications.approve(application, actor=officer, version=application.version)
        request = ask(rina)
        logged = WorkflowLog.objects.count()
        with pytest.raises(CannotErase, match="masih berlaku"):
            rights.grant_request(request, actor=pdp, version=request.version, answer="Dikabulkan sekarang.")
        assert m.DataRequest.objects.get().state == "OPEN"
        assert m.JobSeeker.objects.get().full_name == "Rina Lestari"
        assert WorkflowLog.objects.count() == logged


def _nowhere(needles: list):
    """No column of no table holds one of the words; the audit trail, which is append-only, apart."""
    for table in connection.introspection.table_names():
        if table.startswith(("core_audit", "sqlite_", "core_search_fts", "django_")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    for needle in needles:
                        if isinstance(value, str) and isinstance(needle, str):
                            assert needle.replace("%", " Lestari ") not in value, (table, name)
                        elif isinstance(value, bytes | memoryview) and isinstance(needle, bytes):
                            assert needle not in bytes(value), (table, name)
