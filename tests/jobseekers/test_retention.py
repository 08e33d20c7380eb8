"""Retention shows first and acts second; a breach finds whom it touches and tells them once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from core import audit, clock, files, jobs
from core.errors import Refused
from core.images import Content
from core.models import IdempotencyKey, StoredFile
from core.workflow import NotAllowed
from jobseekers import models as m
from jobseekers.services import applications, breaches, retention
from jobseekers.services.affected import affected
from messaging.models import Message, Notice
from tests.jobseekers.conftest import TODAY

pytestmark = pytest.mark.django_db


def _document(person):
    stored = files.store(Content(b"%PDF-1", "application/pdf"), actor=None, kind="x", sealed=True)
    return m.PersonDocument.objects.create(jobseeker=person, kind="KTP", file=stored, uploaded_at=clock.now())


def run(*args) -> str:
    out = StringIO()
    call_command("retention", *args, stdout=out)
    return out.getvalue()


def test_shows_first_and_acts_second(sent, officer, person_with, seeker):
    refused = sent()
    _document(refused.jobseeker)
    applications.reject(refused, actor=officer, version=refused.version, comment="Bukan warga")
    draft = applications.start_application(actor=seeker, person=person_with(user=seeker))
    IdempotencyKey.objects.create(
        user=seeker, route="x", key="k", body_digest=b"1" * 32, created_at=clock.now()
    )
    with clock.frozen(TODAY + timedelta(days=60)):
        assert "Unggahan pemohon yang ditolak: 0" in run()
    # the rows set their times from the machine's clock; the rules go by the held one
    m.AK1Application.objects.filter(pk=draft.pk).update(updated_at=clock.now())
    with clock.frozen(TODAY + timedelta(days=91)):
        told = run()
        assert "Unggahan pemohon yang ditolak: 1" in told
        assert "Draf yang tidak pernah dikirim: 1" in told
        assert str(draft.uid) in told
        assert "Rina" not in told
        assert (m.PersonDocument.objects.count(), IdempotencyKey.objects.count()) == (1, 1)
        run("--apply")
    assert not m.PersonDocument.objects.exists()
    assert not StoredFile.objects.filter(kind="x").exists()
    assert not m.AK1Application.objects.filter(pk=draft.pk).exists()
    assert not IdempotencyKey.objects.exists()
    assert m.AK1Application.objects.get().state == "REJECTED"


def test_a_file_is_anonymised_five_years_after_its_end(sent, officer):
    application = sent()
    card = applications.approve(application, actor=officer, version=application.version)
    with clock.frozen(TODAY + timedelta(days=365 * 8)):
        assert retention.finished_files().count() == 0  # still running
    from jobseekers.services.cards import remove_from_register

    remove_from_register(card, actor=officer, version=card.version, reason="MOVED", comment="Pindah")
    with clock.frozen(TODAY.replace(year=2028)):
        assert retention.finished_files().count() == 0
    with clock.frozen(TODAY.replace(year=2028) + timedelta(days=1)):
        run("--apply")
    person = m.JobSeeker.objects.get()
    assert (person.full_name, person.nik_sealed) == ("(data dihapus)", None)
    assert m.EpisodeEvent.objects.count() == 2


class TestBreach:
    @pytest.fixture
    def pdp(self, user_with):
        """A data protection officer."""
        return user_with("PDP_OFFICER")

    def record(self, pdp, **changes):
        answers = {
            "title": "Surel salah kirim",
            "happened_from": TODAY,
            "happened_until": TODAY,
            "found_at": clock.now(),
            "data_kinds": ["nik"],
            "door": "account",
            "account": "",
            "cause": "Akun dipakai orang lain",
            "handling": "Akun ditutup",
            **changes,
        }
        return breaches.record_breach(actor=pdp, **answers)

    def test_only_those_whom_the_account_looked_at(self, pdp, officer, user_with, person_with):
        seen, other = person_with(), person_with()
        audit.record(audit.OPENED, actor=officer, obj=seen)
        audit.record(audit.OPENED, actor=user_with("PLACEMENT_OFFICER"), obj=other)
        breach = self.record(pdp, account=officer.email)
        assert breach.due_at - breach.found_at == timedelta(hours=72)
        assert list(affected(breach.affected_query)) == [seen]
        assert breach.affected_count == 1
        assert officer.email not in str(breach.affected_query)

    def test_the_notice_goes_out_once(self, pdp, person_with, seeker):
        person_with(user=seeker, email="rina@contoh.test")
        person_with()
        breach = self.record(pdp, door="all")
        assert breach.affected_count == 2
        told = breaches.tell_affected(breach, actor=pdp, version=breach.version)
        assert told.state == "NOTIFIED"
        jobs.work_off()
        assert Notice.objects.filter(user=seeker, title__startswith="Pemberitahuan").count() == 1
        mails = Message.objects.filter(key__startswith="mail:breach:")
        assert [mail.recipient for mail in mails] == ["rina@contoh.test"]
        assert "Akun ditutup" in mails[0].body
        closed = breaches.close_breach(told, actor=pdp, version=told.version)
        assert closed.state == "CLOSED"

    def test_not_without_a_word_on_the_handling_and_not_by_others(self, pdp, user_with, person_with):
        breach = self.record(pdp, door="all", handling="")
        with pytest.raises(Refused, match="penanganan"):
            breaches.tell_affected(breach, actor=pdp, version=breach.version)
        assert m.Breach.objects.get().state == "OPEN"
        with pytest.raises(NotAllowed):
            self.record(user_with("AGENCY_HEAD"), door="all")
        with pytest.raises(Refused, match="Tidak ada akun"):
            self.record(pdp, account="tidak@ada.test")

    def test_pages(self, pdp, client_as, person_with):
        person = person_with()
        client = client_as(user=pdp)
        answers = {
            "title": "Laptop hilang",
            "happened_from": "2023-08-20",
            "found_on": "2023-08-21",
            "found_time": "08.30",
            "data_kinds": ["nik", "contact"],
            "door": "all",
            "cause": "Dicuri",
        }
        assert (
            client.post(reverse("jobseekers:breach_new"), answers | {"found_time": "25"}).status_code == 422
        )
        for later in ({"found_time": "23.59"}, {"found_on": "2023-08-22"}):
            answer = client.post(reverse("jobseekers:breach_new"), answers | later)
            assert answer.status_code == 422
            assert "Waktu diketahui belum tiba" in answer.content.decode()
        answer = client.post(reverse("jobseekers:breach_new"), answers | {"happened_until": "2023-08-22"})
        assert answer.status_code == 422
        assert "Kosongkan bila masih berlangsung" in answer.content.decode()
        assert client.post(reverse("jobseekers:breach_new"), answers).status_code == 302
        breach = m.Breach.objects.get()
        page = client.get(reverse("jobseekers:breach_affected", args=[breach.uid])).content.decode()
        assert person.full_name in page
        edit = reverse("jobseekers:breach_edit", args=[breach.uid])
        assert b"08.30" in client.get(edit).content
        saved = client.post(edit, answers | {"handling": "Disandi ulang", "version": breach.version})
        assert saved.status_code == 302
        for step in ("tell", "close"):
            breach.refresh_from_db()
            step = {"langkah": step, "version": breach.version}
            assert (
                client.post(reverse("jobseekers:breach_detail", args=[breach.uid]), step).status_code == 302
            )
        assert m.Breach.objects.get().state == "CLOSED"
        head = client_as("AGENCY_HEAD")
        assert head.get(reverse("jobseekers:breach_detail", args=[breach.uid])).status_code == 200
        assert head.get(reverse("jobseekers:breach_affected", args=[breach.uid])).status_code == 403
