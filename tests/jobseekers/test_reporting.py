"""The six-monthly report: when it may be given, by whom, what it writes, and the reminder of it."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from core import clock, jobs
from core.errors import Refused
from core.models.job import Job, JobState
from core.workflow import NotAllowed
from jobseekers import reporting
from jobseekers.enums import HolderStatus, ReportChannel
from jobseekers.forms import HolderReportForm
from jobseekers.models import (
    AK1Application,
    AK1Card,
    Episode,
    EpisodeEvent,
    HolderReport,
    OneTimeLink,
)
from jobseekers.reporting import Slot, late_slot, next_slot, slot_on, slots_of
from jobseekers.services import applications, holder_reports, links
from jobseekers.signals import self_reported
from jobseekers.validators import REPORT_MONTHS, add_months, last_valid_day
from messaging.models import Message, Notice
from tests.jobseekers.conftest import TODAY

DUE = date(2024, 2, 21)
LOOKING = {"status": HolderStatus.LOOKING}
WORK = {
    "status": HolderStatus.WORKING,
    "employer_name": "PT Garmen Contoh",
    "employer_local": True,
    "occupation": "Operator jahit",
    "since": date(2024, 2, 1),
}
TABLES = (HolderReport, EpisodeEvent, AK1Card, OneTimeLink, Message, Notice)


def everything():
    return {table: list(table.objects.order_by("pk").values()) for table in TABLES}


@pytest.fixture
def card(sent, officer):
    """A card of 21 August 2023, whose reports are due on 21 February 2024, 21 August 2024 and 21 February 2025."""
    application = sent(email="rina@contoh.test")
    return applications.approve(application, actor=officer, version=application.version)


def give(card, *, actor=None, channel=ReportChannel.ACCOUNT, **told):
    return holder_reports.report(
        card, actor=actor or card.jobseeker.user, channel=channel, **(told or LOOKING)
    )


def plain_slots(issued_on, days=14):
    months = zip(reporting.SLOTS, REPORT_MONTHS, strict=True)
    window = timedelta(days=days)
    dues = [(number, add_months(issued_on, month)) for number, month in months]
    return [Slot(number, due, due - window, due + window) for number, due in dues]


@pytest.mark.parametrize(
    ("day", "slot", "late"),
    [
        (date(2024, 2, 6), None, False),
        (date(2024, 2, 7), 1, False),
        (date(2024, 2, 21), 1, False),
        (date(2024, 3, 6), 1, False),
        (date(2024, 3, 7), 1, True),
        (date(2024, 8, 6), 1, True),
        (date(2024, 8, 7), 2, False),
        (date(2025, 8, 20), 3, True),
    ],
)
def test_which_report_a_day_s_report_is(day, slot, late):
    found = slot_on(plain_slots(TODAY), day)
    assert (found.number if found else None) == slot
    assert bool(found and found.is_late(day)) == late


def test_after_the_last_slot_nothing_is_due():
    assert next_slot(plain_slots(TODAY), date(2025, 3, 1)) is None
    assert next_slot(plain_slots(TODAY), date(2023, 9, 1)).opens == date(2024, 2, 7)


@pytest.mark.django_db
def test_still_looking_is_taken_and_written_into_the_ledger(card):
    with clock.frozen(DUE):
        made = give(card)
    assert (made.slot, made.late, made.status, made.channel) == (1, False, "LOOKING", "ACCOUNT")
    event = EpisodeEvent.objects.last()
    assert (event.kind, event.on, event.delta) == ("REPORTED", DUE, 0)
    assert event.note == "Laporan ke-1: masih mencari kerja"


@pytest.mark.django_db
def test_too_early_is_refused_with_the_day(card):
    before = everything()
    with (
        clock.frozen(date(2024, 2, 6)),
        pytest.raises(holder_reports.TooEarly, match="mulai 7 Februari 2024"),
    ):
        give(card)
    assert everything() == before


@pytest.mark.django_db
def test_a_late_report_is_taken_and_marked_and_a_second_one_refused(card):
    with clock.frozen(date(2024, 4, 1)):
        assert give(card).late is True
        before = everything()
        with pytest.raises(holder_reports.TooEarly, match="mulai 7 Agustus 2024"):
            give(card)
        assert everything() == before


@pytest.mark.django_db
def test_the_window_is_a_setting_of_the_office(card, agency):
    agency.policies = {"ak1_report_window_days": 3}
    agency.save()
    with clock.frozen(date(2024, 2, 17)), pytest.raises(holder_reports.TooEarly, match="18 Februari 2024"):
        give(card)
    with clock.frozen(date(2024, 2, 25)):
        assert give(card).late is True


@pytest.mark.django_db
def test_work_may_be_told_at_any_time_and_higher_rooms_hear_it(card):
    heard = []

    def listener(sender, *, report, **kwargs):
        heard.append(report)

    self_reported.connect(listener)
    try:
        with clock.frozen(date(2023, 11, 3)):
            made = give(card, **{**WORK, "since": date(2023, 10, 30)})
            with pytest.raises(Refused, match="sudah kami terima hari ini"):
                give(card, **{**WORK, "since": date(2023, 10, 30)})
            give(card, status=HolderStatus.STUDYING)
    finally:
        self_reported.disconnect(listener)
    assert heard == [made]
    assert (made.slot, made.since, made.employer_local) == (0, date(2023, 10, 30), True)
    card.refresh_from_db()
    assert (card.state, Episode.objects.get().closed_on) == ("ACTIVE", None), "a word ends nothing"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"employer_name": "  "}, "employer_name"),
        ({"since": None}, "since"),
        ({"since": DUE + timedelta(days=1)}, "since"),
        ({"since": date(1999, 1, 1)}, "since"),
        ({"since": TODAY - timedelta(days=1)}, "since"),
        ({"occupation": "🏭"}, "occupation"),
        ({"status": "BORED"}, "status"),
    ],
)
def test_wrong_answers_are_named_and_nothing_is_written(card, changes, field):
    before = everything()
    with clock.frozen(DUE), pytest.raises(ValidationError) as problem:
        give(card, **{**WORK, **changes})
    assert list(problem.value.error_dict) == [field]
    assert everything() == before


@pytest.mark.django_db
def test_a_job_may_begin_on_the_day_of_registration_not_before(card):
    with clock.frozen(DUE):
        with pytest.raises(ValidationError, match="terdaftar sebagai pencari kerja sejak 21 Agustus 2023"):
            give(card, **{**WORK, "since": date(2023, 8, 20)})
        assert give(card, **{**WORK, "since": date(2023, 8, 21)}).since == date(2023, 8, 21)


@pytest.mark.django_db
def test_a_nik_in_the_answers_is_masked(card):
    with clock.frozen(DUE):
        made = give(card, **{**WORK, "employer_name": "Toko 3277024508039001"})
    assert "3277024508039001" not in made.employer_name


@pytest.mark.django_db
def test_nobody_else_reports(card, officer, user_with):
    before = everything()
    stranger = user_with(Role.JOBSEEKER, full_name="Orang Lain")
    with clock.frozen(DUE):
        for actor, channel in (
            (stranger, ReportChannel.ACCOUNT),
            (officer, ReportChannel.ACCOUNT),
            (stranger, ReportChannel.DESK),
            (card.jobseeker.user, ReportChannel.DESK),
            (stranger, ReportChannel.LINK),
        ):
            with pytest.raises(NotAllowed):
                give(card, actor=actor, channel=channel)
    assert everything() == before


@pytest.mark.django_db
def test_an_ended_card_takes_no_report(card, officer):
    with clock.frozen(DUE), pytest.raises(Refused, match="sudah tidak berlaku"):
        AK1Card.objects.filter(pk=card.pk).update(state="EXPIRED", ended_on=DUE)
        give(card)


# --- who is late ---


def bare_card(person, issued_on, number):
    application = AK1Application.objects.create(
        jobseeker=person, state="APPROVED", submitted_at=clock.now(), decided_at=clock.now()
    )
    return AK1Card.objects.create(
        application=application,
        jobseeker=person,
        number=f"32770000000{number:05d}",
        kind="NEW",
        issued_on=issued_on,
        valid_until=last_valid_day(issued_on, 24),
        officer_name="Ratna",
    )


@given(st.dates(date(2022, 1, 1), date(2023, 12, 31)), st.sampled_from(REPORT_MONTHS))
def test_the_cut_off_day_agrees_with_the_due_day(day, months):
    last = reporting.issued_before(day, months)
    assert add_months(last, months) < day
    assert add_months(last + timedelta(days=1), months) >= day


@pytest.mark.django_db
def test_the_list_of_the_late_agrees_with_each_card(agency, person_with):
    """Month ends included: every day of two years once, each with another report given."""
    start = date(2022, 1, 1)
    given_slots = [(), (1,), (2,), (1, 2), (3,), (1, 2, 3)]
    made = []
    for number in range(120):
        issued = start + timedelta(days=number * 6)
        one = bare_card(person_with(nik=""), issued, number)
        for slot in given_slots[number % len(given_slots)]:
            HolderReport.objects.create(
                jobseeker=one.jobseeker, card=one, slot=slot, on=issued, status="LOOKING", channel="DESK"
            )
        made.append(one)
    for day in (date(2023, 2, 28), date(2023, 8, 31), date(2024, 2, 29), date(2024, 3, 14)):
        found = set(AK1Card.objects.filter(reporting.late_cards(day)).values_list("pk", flat=True))
        by_hand = {
            card.pk for card in made if card.holds_on(day) and late_slot(slots_of(card), day) is not None
        }
        assert found == by_hand
        assert by_hand
        assert len(by_hand) < len(made)


# --- reminders ---


def run_reminders(day):
    with clock.frozen(day):
        jobs.enqueue("jobseekers.remind_reports", key=day.isoformat())
        jobs.work_off()
    assert not Job.objects.exclude(state=JobState.DONE).filter(kind="jobseekers.remind_reports").exists()


def reminders():
    return Message.objects.filter(key__startswith="mail:ak1-report:")


@pytest.mark.django_db(transaction=True)
def test_a_reminder_goes_out_once_a_slot_when_it_opens(card):
    run_reminders(date(2024, 2, 6))
    assert not reminders().exists()
    run_reminders(date(2024, 2, 7))
    mail, notice = reminders().get(), Notice.objects.get(key__startswith="ak1-report:")
    assert (mail.recipient, notice.user) == ("rina@contoh.test", card.jobseeker.user)
    assert "6 Maret 2024" in notice.body
    run_reminders(date(2024, 2, 8))
    assert reminders().count() == 1
    run_reminders(date(2024, 8, 9))
    assert reminders().count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_has_reported_is_left_in_peace(card):
    with clock.frozen(date(2024, 2, 7)):
        give(card)
    run_reminders(date(2024, 2, 8))
    assert not reminders().exists()
    assert not OneTimeLink.objects.exists()


# --- the mailed link ---


@pytest.fixture
def token(card):
    with clock.frozen(date(2024, 2, 7)):
        return links.make(purpose="SIX_MONTH_REPORT", person=card.jobseeker, card=card, slot=1, days=88)


def of_link(token):
    return reverse("jobseekers:link_report", args=[token])


@pytest.mark.django_db
def test_looking_at_the_link_changes_nothing_and_sending_uses_it_up(token):
    scanner, holder = Client(), Client()
    with clock.frozen(DUE):
        before = everything()
        for _ in range(3):
            for look in (scanner.get, scanner.head):
                assert look(of_link(token)).status_code == 200
        assert everything() == before
        page = holder.get(of_link(token)).content.decode()
        assert "Rina L••••••" in page
        assert "Rina Lestari" not in page
        assert not re.search(r"\d{16}", page)
        sent = holder.post(of_link(token), LOOKING)
        assert (sent.status_code, sent.url) == (302, reverse("jobseekers:link_done"))
        assert holder.get(sent.url).status_code == 200
        made = HolderReport.objects.get()
        assert (made.slot, made.channel, made.recorded_by) == (1, "LINK", None)
        before = everything()
        again = holder.post(of_link(token), LOOKING)
        assert again.status_code == 410
        assert everything() == before


@pytest.mark.django_db
def test_a_refused_answer_leaves_the_link_alive(token):
    with clock.frozen(DUE):
        answer = Client().post(of_link(token), {"status": "WORKING", "since": "1-2-2024"})
        assert answer.status_code == 422
        assert "Isi tempat kerja" in answer.content.decode()
        assert Client().post(of_link(token), LOOKING).status_code == 302


@pytest.mark.django_db
def test_guessed_old_and_other_links_look_alike_and_guessing_is_limited(token, card, monkeypatch):
    moment = clock.machine_now()
    monkeypatch.setattr(clock, "machine_now", lambda: moment)
    with clock.frozen(DUE):
        other = links.make(
            purpose="CONFIRM_DRAFT", person=card.jobseeker, application=card.application, days=9
        )
        guesses = ["x", "A" * 32, token[:-1] + ("A" if token[-1] != "A" else "B"), other]
        pages = {Client().get(of_link(guess)).content for guess in guesses}
        codes = {Client().post(of_link(guess), LOOKING).status_code for guess in guesses}
    with clock.frozen(date(2024, 9, 1)):
        pages.add(Client().get(of_link(token)).content)
    assert len(pages) == 1
    assert codes == {410}
    assert not HolderReport.objects.exists()
    with clock.frozen(DUE):
        answers = [Client().get(of_link(f"tebak-{n}")).status_code for n in range(45)]
    assert 429 in answers


@pytest.mark.django_db
def test_a_link_of_a_merged_person_is_dead(token, card, person_with):
    other = person_with()
    type(other).objects.filter(pk=card.jobseeker_id).update(merged_into=other, user=None)
    with clock.frozen(DUE):
        assert Client().get(of_link(token)).status_code == 410


# --- pages ---


@pytest.mark.django_db
def test_the_holder_reports_on_the_own_card_page(card, client):
    client.force_login(card.jobseeker.user)
    with clock.frozen(date(2024, 2, 20)):
        page = client.get(reverse("jobseekers:my_card", args=[card.uid])).content.decode()
        assert "Lapor sekarang" in page
        assert "Kirim paling lambat 6 Maret 2024" in page
        sent = client.post(reverse("jobseekers:my_report", args=[card.uid]), LOOKING, follow=True)
        assert "Laporan Anda sudah kami terima" in sent.content.decode()
        page = client.get(reverse("jobseekers:my_card", args=[card.uid])).content.decode()
        assert "Lapor sekarang" not in page
        assert "Laporan pertama: masih mencari kerja" in page


@pytest.mark.django_db
def test_lateness_is_said_on_the_own_page_the_officer_s_page_and_the_list(card, client_as, officer):
    day = date(2024, 3, 7)
    with clock.frozen(day):
        client = client_as(user=card.jobseeker.user)
        assert (
            "Laporan pertama terlambat."
            in client.get(reverse("jobseekers:my_card", args=[card.uid])).content.decode()
        )
        client = client_as(user=officer)
        page = client.get(reverse("jobseekers:card_detail", args=[card.uid])).content.decode()
        assert "Terlambat, belum ada laporan" in page
        chip = reverse("jobseekers:card_list") + "?lihat=terlambat-lapor"
        assert card.number_grouped in client.get(chip).content.decode()
    with clock.frozen(day - timedelta(days=1)):
        assert card.number_grouped not in client.get(chip).content.decode()


@pytest.mark.django_db
def test_the_desk_takes_a_report_and_the_book_lists_it(card, client_as, officer):
    client = client_as(user=officer)
    with clock.frozen(DUE):
        at = reverse("jobseekers:card_report", args=[card.uid])
        assert "Laporan pertama, jatuh tempo 21 Februari 2024" in client.get(at).content.decode()
        form = {
            "status": "WORKING",
            "employer_name": "PT Garmen Contoh",
            "employer_local": "tidak",
            "since_day": "1",
            "since_month": "2",
            "since_year": "2024",
        }
        assert client.post(at, form).status_code == 302
        made = HolderReport.objects.get()
        assert (made.channel, made.recorded_by, made.employer_local, made.since) == (
            "DESK",
            officer,
            False,
            date(2024, 2, 1),
        )
        page = client.get(reverse("jobseekers:holder_report_list")).content.decode()
        assert "Sudah bekerja" in page


@pytest.mark.django_db
def test_others_find_no_report_page(card, client_as, user_with, officer):
    client = client_as(user=user_with(Role.JOBSEEKER, full_name="Orang Lain"))
    before = everything()
    with clock.frozen(DUE):
        assert client.post(reverse("jobseekers:my_report", args=[card.uid]), LOOKING).status_code == 404
        assert client.post(reverse("jobseekers:card_report", args=[card.uid]), LOOKING).status_code == 403
        assert client.get(reverse("jobseekers:holder_report_list")).status_code == 403
        client = client_as(user=officer)
        assert client.post(reverse("jobseekers:my_report", args=[card.uid]), LOOKING).status_code == 404
    assert everything() == before


@pytest.mark.django_db
def test_the_book_asks_as_often_for_three_as_for_one(person_with, client_as, officer):
    client = client_as(user=officer)

    def add(number):
        one = bare_card(person_with(nik=""), date(2023, 1, number + 1), number)
        HolderReport.objects.create(
            jobseeker=one.jobseeker, card=one, slot=1, on=TODAY, status="LOOKING", channel="DESK"
        )

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(reverse("jobseekers:holder_report_list")).status_code == 200
        return len(seen)

    add(0)
    asked()
    first = asked()
    add(1)
    add(2)
    assert asked() == first


def test_a_question_keeps_its_mark_and_gets_no_full_stop():
    form = HolderReportForm({})
    assert form.errors["status"] == ["Jawab dulu: apa kegiatan Anda sekarang?"]
