"""The outbox: one message a key, delivered after commit, never twice, never too late, emptied afterwards."""

import datetime as dt
import smtplib

import pytest
from django.core.mail import EmailMessage, send_mail
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from core import clock, jobs
from core.errors import Refused
from core.models.job import Job, JobState
from core.personal import SealBroken
from messaging import channels
from messaging.enums import MessageState
from messaging.models import Message
from messaging.services import send_email
from messaging.services.outbox import ATTEMPTS, GIVE_UP_AFTER, KEEP_BODY, purge

pytestmark = pytest.mark.django_db
NIK = "3277015705009001"


@pytest.fixture(autouse=True)
def _to_memory(settings):
    settings.OUTBOX_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def later(monkeypatch):
    """Return a function that moves the machine's clock forward."""
    real = clock.machine_now

    def move(**delta):
        monkeypatch.setattr(clock, "machine_now", lambda: real() + dt.timedelta(**delta))

    return move


@pytest.fixture
def broken_server(monkeypatch):
    """Return a function that makes delivery fail with a problem."""

    def break_it(problem):
        def fail(message):
            raise problem

        monkeypatch.setitem(channels._senders, "EMAIL", fail)

    return break_it


def put(key="satu", **more):
    return send_email("siti@contoh.test", "Perihal", "Isi surat", **{"key": key, **more})


def soon(**delta):
    return clock.machine_now() + dt.timedelta(**(delta or {"hours": 1}))


def test_it_is_saved_first_and_sent_by_a_job(mailoutbox):
    message = put()
    assert message.state == MessageState.QUEUED
    assert mailoutbox == []
    jobs.work_off()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENT, 1)
    assert message.sent_at is not None
    mail = mailoutbox[0]
    assert (mail.to, mail.subject, mail.body) == (["siti@contoh.test"], "Perihal", "Isi surat")
    assert str(message.uid) in mail.extra_headers["Message-ID"]


def test_the_same_key_is_one_message(mailoutbox):
    assert put().pk == put().pk
    send_email("lain@contoh.test", "Lain", "Lain", key="satu")
    jobs.work_off()
    assert len(mailoutbox) == 1


def test_what_is_rolled_back_is_not_sent(mailoutbox):
    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():
        put()
        raise Undo
    jobs.work_off()
    assert mailoutbox == []
    assert not Message.objects.exists()


def test_a_job_done_twice_sends_once(mailoutbox):
    put()
    jobs.work_off()
    Job.objects.update(state=JobState.QUEUED, finished_at=None)
    jobs.work_off()
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("address", ["", "siti", "siti@", "a@b.test, c@d.test", "a@b.test\nBcc: x@y.test"])
def test_an_address_that_can_not_be_is_refused(address):
    with pytest.raises(Refused, match="e-mail"):
        send_email(address, "Perihal", "Isi", key="satu")
    assert not Message.objects.exists()


def test_a_subject_can_not_smuggle_a_header(mailoutbox):
    send_email("siti@contoh.test", "Perihal\r\nBcc: x@y.test", "Isi", key="satu")
    jobs.work_off()
    assert mailoutbox[0].subject == "Perihal Bcc: x@y.test"


@given(
    st.sampled_from([NIK, "3277 0157 0500 9001", "327701-570500-9001"]),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_no_nik_gets_into_a_mail(spelling, before, after):
    Message.objects.all().delete()
    body = f"{before} {spelling} {after}"
    message = send_email("siti@contoh.test", f"NIK {spelling}", body, key="satu")
    assert spelling not in message.body
    assert spelling not in message.subject
    assert "••••" in message.body


def test_the_text_is_sealed_at_rest_and_bound_to_its_row():
    first, second = put(), put("dua")
    stored = Message.objects.get(pk=first.pk)
    assert b"Isi surat" not in bytes(stored.body_sealed)
    assert stored.body == "Isi surat"
    stored.body_sealed = Message.objects.get(pk=second.pk).body_sealed
    with pytest.raises(SealBroken):
        stored.body  # noqa: B018 - reading it is the test


def test_a_text_with_a_link_is_dropped_once_sent(mailoutbox):
    message = put(expires_at=soon())
    assert message.body == "Isi surat"
    jobs.work_off()
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert message.body == ""
    assert message.purged_at is not None
    assert mailoutbox[0].body == "Isi surat"


def test_a_dead_link_is_not_sent(mailoutbox, later):
    message = put(expires_at=soon())
    later(hours=2)
    jobs.work_off()
    message.refresh_from_db()
    assert (message.state, message.body) == (MessageState.EXPIRED, "")
    assert mailoutbox == []


def test_a_server_that_fails_is_asked_again_and_then_no_more(mailoutbox, broken_server, later):
    message = put()
    broken_server(ConnectionRefusedError("mail server away"))
    for attempt in range(1, ATTEMPTS + 1):
        jobs.work_off()
        message.refresh_from_db()
        assert message.attempts == attempt
        assert "mail server away" in message.error
        assert message.state == (MessageState.FAILED if attempt == ATTEMPTS else MessageState.QUEUED)
        later(days=attempt)
    assert Job.objects.get().state == JobState.FAILED
    jobs.work_off()
    assert mailoutbox == []


def test_a_server_that_comes_back_gets_the_mail(mailoutbox, broken_server, later, monkeypatch):
    message = put()
    with monkeypatch.context() as patch:

        def fail(message):
            raise ConnectionRefusedError("away")

        patch.setitem(channels._senders, "EMAIL", fail)
        jobs.work_off()
    later(hours=1)
    jobs.work_off()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (MessageState.SENT, 2, "")
    assert len(mailoutbox) == 1


def test_an_address_that_the_server_refuses_is_not_tried_again(broken_server):
    message = put()
    broken_server(smtplib.SMTPRecipientsRefused({"siti@contoh.test": (550, b"no such user")}))
    jobs.work_off()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.FAILED, 1)
    assert Job.objects.get().state == JobState.FAILED


def test_a_failed_link_keeps_no_text(broken_server):
    message = put(expires_at=soon())
    broken_server(smtplib.SMTPRecipientsRefused({}))
    jobs.work_off()
    message.refresh_from_db()
    assert (message.state, message.body) == (MessageState.FAILED, "")


def test_the_nightly_purge_closes_and_empties(mailoutbox, later, broken_server):
    sent = put("terkirim")
    jobs.work_off()
    broken_server(ConnectionRefusedError("away"))
    link, stuck = put("tautan", expires_at=soon()), put("macet")
    later(days=GIVE_UP_AFTER.days + 1)
    purge()
    for message, state, body in (
        (sent, "SENT", "Isi surat"),
        (link, "EXPIRED", ""),
        (stuck, "FAILED", "Isi surat"),
    ):
        message.refresh_from_db()
        assert (message.state, message.body) == (state, body)
    later(days=KEEP_BODY.days + 1)
    assert purge() == 2
    sent.refresh_from_db()
    assert (sent.body, sent.subject) == ("", "Perihal")
    assert purge() == 0


def test_whatever_django_mails_goes_through_the_outbox(mailoutbox, settings):
    settings.EMAIL_BACKEND = "messaging.backends.OutboxEmailBackend"
    assert send_mail("Perihal", "Isi", None, ["a@b.test", "c@d.test"]) == 1
    assert sorted(Message.objects.values_list("recipient", flat=True)) == ["a@b.test", "c@d.test"]
    assert mailoutbox == []
    jobs.work_off()
    assert len(mailoutbox) == 2


def test_a_mail_may_bring_its_key(settings):
    settings.EMAIL_BACKEND = "messaging.backends.OutboxEmailBackend"
    for _ in range(2):
        EmailMessage("Perihal", "Isi", None, ["a@b.test"], headers={"X-Outbox-Key": "laporan"}).send()
    assert Message.objects.count() == 1


def test_an_attachment_is_refused_loudly(settings):
    settings.EMAIL_BACKEND = "messaging.backends.OutboxEmailBackend"
    mail = EmailMessage("Perihal", "Isi", None, ["a@b.test"])
    mail.attach("a.txt", "isi", "text/plain")
    with pytest.raises(ValueError, match="attachments"):
        mail.send()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "HILANG"},
        {"channel": "MERPATI"},
        {"state": "SENT"},
        {"sent_at": "now"},
        {"purged_at": "now"},
        {"has_link": True, "expires_at": None},
    ],
)
def test_the_database_itself_refuses(changes):
    message = put()
    changes = {name: clock.machine_now() if value == "now" else value for name, value in changes.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**changes)


def test_nobody_reads_the_outbox(user_with):
    put()
    assert not Message.objects.visible_to(user_with("ADMINISTRATOR")).exists()


def test_the_job_carries_the_row_only():
    message = put()
    assert Job.objects.get().payload == {"message": message.pk}
