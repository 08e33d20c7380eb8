"""Examining a file: reasons for each thing to mend, documents, notes, approving together."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from core.clock import ZONE
from core.errors import Refused
from core.files import store
from core.images import Content
from core.models.audit import AuditEvent
from core.workflow import CommentRequired, NotAllowed, StaleRecord
from jobseekers.enums import DocumentKind
from jobseekers.models import AK1Application, AK1Card, Interview, PersonDocument, ReturnPoint
from jobseekers.services import applications, interviews, returns
from jobseekers.services.people import update_person
from jobseekers.services.returns import Point
from messaging.models import Message
from tests.jobseekers.test_api import problem, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(photo_file):
    """Return a function that gives a person a document."""

    def make(person, kind=DocumentKind.DIPLOMA, **changes):
        stored = store(Content(b"%PDF-1.4 isi", "application/pdf"), actor=None, kind="jobseekers.document")
        return PersonDocument.objects.create(
            jobseeker=person, kind=kind, file=stored, uploaded_at=clock.now(), **changes
        )

    return make


def give_back(application, officer, *points, comment=""):
    """Return a file."""
    return applications.return_application(
        application, actor=officer, version=application.version, points=points, comment=comment
    )


class TestReturning:
    """A reason for each document and part."""

    def test_points_are_kept_and_documents_refused(self, sent, officer, document):
        application = sent()
        row = document(application.jobseeker)
        returned = give_back(
            application,
            officer,
            Point("tidak terbaca", document="DIPLOMA"),
            Point("terlalu gelap", part="foto"),
            Point("   ", part="alamat"),
            comment="Terima kasih.",
        )
        assert returned.state == "RETURNED"
        assert returned.officer_note.splitlines() == [
            "Ijazah atau surat keterangan lulus: tidak terbaca",
            "Pas foto: terlalu gelap",
            "Terima kasih.",
        ]
        assert list(ReturnPoint.objects.values_list("document", "part")) == [("DIPLOMA", ""), ("", "foto")]
        row.refresh_from_db()
        assert (row.state, row.reason, row.checked_by) == ("REFUSED", "tidak terbaca", officer)

    def test_something_has_to_be_said(self, sent, officer):
        application = sent()
        with pytest.raises(CommentRequired):
            give_back(application, officer, Point(" ", part="foto"))
        assert AK1Application.objects.get(pk=application.pk).state == "SUBMITTED"
        assert give_back(application, officer, comment="Datang ke loket.").state == "RETURNED"

    @pytest.mark.parametrize(
        "point",
        [Point("x"), Point("x", part="lain"), Point("x", document="KTPX"), Point("x" * 301, part="foto")],
    )
    def test_a_point_has_one_known_place_and_a_length(self, sent, officer, point):
        application = sent()
        with pytest.raises(Refused):
            give_back(application, officer, point)
        assert AK1Application.objects.get(pk=application.pk).version == application.version
        assert not ReturnPoint.objects.exists()

    def test_a_nik_in_a_reason_is_masked(self, sent, officer):
        application = sent()
        nik = application.jobseeker.read_nik()
        returned = give_back(application, officer, Point(f"NIK {nik} salah", part="identitas"), comment=nik)
        assert nik not in returned.officer_note + ReturnPoint.objects.get().reason

    def test_mending_ticks_what_was_changed(self, sent, officer):
        application = sent()
        give_back(application, officer, Point("salah", part="alamat"), Point("gelap", part="foto"))
        person = application.jobseeker
        person.refresh_from_db()
        update_person(
            person, actor=person.user, version=person.version, part="alamat", address="Jalan Baru 1"
        )
        assert dict(ReturnPoint.objects.values_list("part", "mended_at"))["foto"] is None
        assert dict(ReturnPoint.objects.values_list("part", "mended_at"))["alamat"] is not None

    def test_who_may_not(self, sent, user_with):
        application = sent()
        with pytest.raises(NotAllowed):
            give_back(application, user_with("SECTION_HEAD"), Point("x", part="foto"))
        assert not ReturnPoint.objects.exists()


class TestDocuments:
    """What an officer finds about a document."""

    def test_approval_accepts_what_was_looked_at(self, sent, officer, document, client_as):
        application = sent()
        row = document(application.jobseeker)
        client_as(user=officer).get(reverse("jobseekers:document_view", args=[application.uid, "diploma"]))
        applications.approve(application, actor=officer, version=application.version)
        row.refresh_from_db()
        assert (row.state, row.checked_by) == ("ACCEPTED", officer)

    def test_approval_asks_about_what_nobody_opened_and_about_other_names(
        self, sent, officer, document, client_as
    ):
        application = sent()
        row = document(application.jobseeker, printed_name="Dewi Berbeda")
        document(application.jobseeker, kind=DocumentKind.KTP)
        url = reverse("jobseekers:application_detail", args=[application.uid])
        client = client_as(user=officer)
        page = client.get(url).content.decode()
        closed = "Belum dibuka: Ijazah atau surat keterangan lulus, KTP."
        assert closed in page
        assert "Namanya berbeda dari KTP: Ijazah atau surat keterangan lulus." in page
        decision = {"langkah": "approve", "version": application.version, "notes": "Belum yakin"}
        answer = client.post(url, decision)
        assert answer.status_code == 422
        assert "nyatakan bahwa Anda tetap menyetujui" in answer.content.decode()
        assert "Belum yakin" in answer.content.decode()
        assert '<a href="#id_tahu">' in answer.content.decode()
        row.refresh_from_db()
        assert row.state == "UNCHECKED"
        for kind in ("ktp", "diploma"):
            client.get(reverse("jobseekers:document_view", args=[application.uid, kind]))
        assert "Belum dibuka" not in client.get(url).content.decode()
        # an upload after the look is closed again
        PersonDocument.objects.filter(kind="KTP").update(uploaded_at=clock.now() + timedelta(seconds=1))
        assert "Belum dibuka: KTP." in client.get(url).content.decode()
        assert client.post(url, decision | {"tahu": "ya"}).status_code == 302
        assert AK1Card.objects.count() == 1
        assert Interview.objects.get().notes == "Belum yakin"

    def test_the_api_asks_the_same(self, sent, officer, document, client_as):
        application = sent()
        document(application.jobseeker)
        client, now = client_as(user=officer), {"If-Match": str(application.version)}
        told = problem(send(client, "POST", "application_approve", {}, application.uid, **now), 422)
        assert "Belum dibuka: Ijazah" in str(told["errors"]["knowingly"])
        body = {"knowingly": True, "notes": "Lewat API"}
        assert send(client, "POST", "application_approve", body, application.uid, **now).status_code == 200
        assert Interview.objects.get().notes == "Lewat API"

    def test_a_refused_document_stops_the_approval(self, sent, officer, document):
        application = sent()
        row = document(application.jobseeker, state="REFUSED", reason="buram")
        with pytest.raises(Refused, match="perlu diganti"):
            applications.approve(application, actor=officer, version=application.version)
        assert not AK1Card.objects.exists()
        returns.accept_document(row, actor=officer, version=row.version)
        assert applications.approve(application, actor=officer, version=application.version).pk

    def test_a_newer_upload_is_not_accepted_unseen(self, sent, officer, document):
        row = document(sent().jobseeker)
        with pytest.raises(StaleRecord):
            returns.accept_document(row, actor=officer, version=row.version - 1)
        row.refresh_from_db()
        assert row.state == "UNCHECKED"

    def test_the_viewer(self, sent, officer, document, client_as):
        application = sent()
        row = document(application.jobseeker)
        url = reverse("jobseekers:document_view", args=[application.uid, "diploma"])
        client = client_as("PLACEMENT_OFFICER")
        before = AuditEvent.objects.count()
        page = client.get(url)
        assert "Ijazah" in page.content.decode()
        assert AuditEvent.objects.count() == before + 1
        answer = client.post(url, {"langkah": "terima", "version": row.version})
        assert answer.url == reverse("jobseekers:application_detail", args=[application.uid])
        row.refresh_from_db()
        assert row.state == "ACCEPTED"
        assert client.get(url.replace("diploma", "ktp")).status_code == 404
        assert client_as("SECTION_HEAD").post(url, {"version": row.version}).status_code == 422
        assert client_as("TRAINING_OFFICER").get(url).status_code == 403


class TestInterview:
    """Notes of the AK/II interview."""

    def test_written_and_changed(self, sent, officer):
        application = sent()
        nik = application.jobseeker.read_nik()
        row = interviews.save_notes(application, actor=officer, notes=f" Bisa Excel. {nik}", version=0)
        assert row.notes.startswith("Bisa Excel.")
        assert nik not in row.notes
        interviews.save_notes(application, actor=officer, notes="Mau kerja gilir.", version=row.version)
        assert Interview.objects.get().notes == "Mau kerja gilir."
        with pytest.raises(StaleRecord):
            interviews.save_notes(application, actor=officer, notes="Lama.", version=0)
        assert Interview.objects.get().notes == "Mau kerja gilir."

    def test_refused(self, sent, officer, user_with):
        application = sent()
        for text in ("  ", "x" * 2001):
            with pytest.raises(Refused):
                interviews.save_notes(application, actor=officer, notes=text, version=0)
        with pytest.raises(NotAllowed):
            interviews.save_notes(application, actor=user_with("SECTION_HEAD"), notes="x", version=0)
        assert not Interview.objects.exists()

    def test_kept_with_the_decision_or_neither(self, sent, officer, user_with, client_as):
        application = sent()
        url = reverse("jobseekers:application_detail", args=[application.uid])
        client = client_as(user=officer)
        page = client.get(url).content.decode()
        assert re.search(r'<textarea[^>]*name="notes" form="langkah-approve"', page)
        assert 'id="langkah-approve"' in page
        decision = {"langkah": "approve", "version": application.version, "notes": "Mau kerja gilir."}
        colleague = interviews.save_notes(
            application, actor=user_with("PLACEMENT_OFFICER"), notes="Bisa las.", version=0
        )
        late = client.post(url, decision | {"notes_version": 0})
        assert late.status_code == 409
        assert "Mau kerja gilir." in late.content.decode()
        assert not AK1Card.objects.exists()
        assert Interview.objects.get().notes == "Bisa las."
        assert client.post(url, decision | {"notes_version": colleague.version}).status_code == 302
        assert AK1Card.objects.count() == 1
        assert Interview.objects.get().notes == "Mau kerja gilir."

    def test_notes_as_they_were_are_not_written_again(self, sent, officer):
        application = sent()
        row = interviews.save_notes(application, actor=officer, notes="Bisa las.\nMau gilir.", version=0)
        applications.approve(
            application,
            actor=officer,
            version=application.version,
            notes="Bisa las.\r\nMau gilir. ",
            notes_version=0,
        )
        assert Interview.objects.get().version == row.version

    def test_on_the_page(self, sent, client_as):
        application = sent()
        client = client_as("PLACEMENT_OFFICER")
        url = reverse("jobseekers:interview_notes", args=[application.uid])
        assert client.post(url, {"notes": "Bersedia kerja gilir.", "notes_version": 0}).status_code == 302
        page = client.get(reverse("jobseekers:application_detail", args=[application.uid])).content.decode()
        assert "Bersedia kerja gilir." in page
        assert client.post(url, {"notes": "Lain.", "notes_version": 0}).status_code == 409


class TestPages:
    """The pages around a decision."""

    def test_returning_by_the_form_and_what_the_applicant_sees(self, sent, client_as, client):
        application = sent()
        officer = client_as("PLACEMENT_OFFICER")
        url = reverse("jobseekers:return_file", args=[application.uid])
        page = officer.post(url, {"version": application.version})
        assert page.status_code == 422
        assert "Belum ada alasan" in page.content.decode()
        data = {
            "version": application.version,
            "bagian-foto": "Terlalu gelap.",
            "comment": "Ulangi di tempat terang.",
        }
        assert officer.post(url, data).status_code == 302
        mails = [mail.body for mail in Message.objects.all()]
        assert sum("Pas foto: Terlalu gelap." in body for body in mails) == 1
        client.force_login(application.jobseeker.user)
        seen = client.get(reverse("jobseekers:my_application", args=[application.uid])).content.decode()
        assert reverse("jobseekers:fill_part", args=[application.uid, "foto"]) in seen
        assert "Perlu diperbaiki" in seen
        assert "Ulangi di tempat terang." in seen
        again = officer.post(url, data)
        assert again.status_code == 409
        assert "sudah mengubah" in again.content.decode()

    def test_queue_oldest_first_with_age_and_all_newest_first(self, person_with, sent, client_as):
        moments = [datetime(2023, 8, 16, 9, tzinfo=ZONE), datetime(2023, 8, 21, 8, tzinfo=ZONE)]
        names = ["Asep Lama", "Budi Baru"]
        for moment, name in zip(moments, names, strict=True):
            with clock.frozen(moment):
                sent(full_name=name)
        client = client_as("PLACEMENT_OFFICER")
        url = reverse("jobseekers:application_list")
        queue = client.get(url + "?lihat=menunggu").content.decode()
        assert queue.index("Asep Lama") < queue.index("Budi Baru")
        assert "1 jam kerja" in queue
        assert "lewat 1 hari kerja" in queue  # 17 August is a holiday: 18 and 21 August have begun
        late = client.get(url + "?lihat=lewat").content.decode()
        assert "Asep Lama" in late
        assert "Budi Baru" not in late
        everything = client.get(url).content.decode()
        assert everything.index("Budi Baru") < everything.index("Asep Lama")
        assert "Lihat dulu, lalu setujui" in queue
        assert "Lihat dulu, lalu setujui" not in everything

    def test_after_a_decision_the_next_file_opens(self, sent, client_as):
        first, second = sent(full_name="Asep"), sent(full_name="Budi")
        client = client_as("PLACEMENT_OFFICER")
        url = reverse("jobseekers:application_detail", args=[first.uid])
        answer = client.post(url, {"langkah": "approve", "version": first.version})
        assert answer.url == reverse("jobseekers:application_detail", args=[second.uid])
        lost = client.post(url, {"langkah": "approve", "version": first.version})
        assert lost.status_code == 409


class TestTogether:
    """Approving after a preview."""

    url = "/petugas/ak1/bersama/"

    def test_preview_names_what_can_not_and_changes_nothing(self, sent, client_as, document):
        good = sent(full_name="Asep Baik", kk="3277020101200001")
        bad = sent(full_name="Budi Buram", kk="3277020101200002")
        document(bad.jobseeker, state="REFUSED", reason="buram")
        client = client_as("PLACEMENT_OFFICER")
        page = client.post(self.url, {"pilih": [good.uid, bad.uid, uuid4()]}).content.decode()
        assert f"{good.uid}:{good.version}" in page
        assert f"{bad.uid}:" not in page
        assert "Ijazah atau surat keterangan lulus bertanda perlu diganti." in page
        assert not AK1Card.objects.exists()

    def test_each_by_itself_and_the_losers_are_told(self, sent, officer, client_as):
        one, two, mended = sent(full_name="Asep"), sent(full_name="Budi"), sent(full_name="Cecep")
        versions = [f"{row.uid}:{row.version}" for row in (one, two, mended)]
        applications.approve(two, actor=officer, version=two.version)
        person = mended.jobseeker
        update_person(person, actor=person.user, version=person.version, address="Jalan Baru 1")
        client = client_as("PLACEMENT_OFFICER")
        page = client.post(self.url, {"langkah": "setujui", "versi": versions}).content.decode()
        assert "1 kartu terbit, 2 berkas tidak" in page
        assert officer.full_name in page
        assert set(AK1Application.objects.filter(state="APPROVED")) == {one, two}
        assert AK1Card.objects.count() == 2

    def test_the_preview_shows_face_birth_and_documents_and_asks_about_closed_ones(
        self, sent, client_as, document
    ):
        looked, closed = (
            sent(full_name="Asep", kk="3277020101200001"),
            sent(full_name="Budi", kk="3277020101200002"),
        )
        for row in (looked, closed):
            document(row.jobseeker, printed_name=row.jobseeker.full_name)
        client = client_as("PLACEMENT_OFFICER")
        client.get(reverse("jobseekers:document_view", args=[looked.uid, "diploma"]))
        page = client.post(self.url, {"pilih": [looked.uid, closed.uid]}).content.decode()
        for row in (looked, closed):
            assert reverse("core:file", args=[row.jobseeker.photo.uid]) in page
        assert "25 Agustus 2003" in page
        assert page.count("<b>belum dibuka</b>") == 1
        assert "Setujui juga 1 berkas yang dokumennya belum dibuka" in page
        data = {"langkah": "setujui", "versi": [f"{row.uid}:{row.version}" for row in (looked, closed)]}
        told = client.post(self.url, data).content.decode()
        assert "1 kartu terbit, 1 berkas tidak" in told
        assert "Belum dibuka: Ijazah" in told
        assert AK1Card.objects.get().application == looked
        client.post(self.url, {**data, "tahu": "ya"})
        assert AK1Card.objects.count() == 2

    def test_only_officers_and_only_what_they_see(self, sent, client_as):
        application = sent()
        data = {"langkah": "setujui", "versi": [f"{application.uid}:{application.version}"]}
        for role in ("SECTION_HEAD", "JOBSEEKER", "BKK_OPERATOR"):
            assert client_as(role).post(self.url, data).status_code == 403
        client = client_as("PLACEMENT_OFFICER")
        for wrong in ("x", "x:y", f"{application.uid}:", f"{application.uid}:-1"):
            assert client.post(self.url, {"langkah": "setujui", "versi": [wrong]}).status_code == 404
        assert not AK1Card.objects.exists()
