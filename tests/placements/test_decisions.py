"""Verifying, rejecting, taking up again, correcting: who may, what follows, who is told."""

from dataclasses import replace
from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.enums import Role
from core.models.workflow import WorkflowLog
from core.nik import make_nik
from core.workflow import CommentRequired, NotAllowed, StaleRecord, WrongState, available, timeline
from jobseekers.enums import CardState, EventKind, RemovalReason
from jobseekers.models import AK1Application, AK1Card, EpisodeEvent
from jobseekers.services import ledger
from messaging.models import Notice
from placements.enums import ContractType, ReportState, WageBand
from placements.models import ChannelReport
from placements.services import Change, change_report, decide
from tests.placements.conftest import BORN, TODAY

pytestmark = pytest.mark.django_db


def _fresh(report):
    return ChannelReport.objects.get(pk=report.pk)


def _card(person, issued_on=date(2023, 2, 1)) -> AK1Card:
    """A card with its running episode, without the way to it."""
    application = AK1Application.objects.create(
        jobseeker=person,
        kind="NEW",
        state="APPROVED",
        submitted_at=f"{issued_on}T08:00:00+07:00",
        decided_at=f"{issued_on}T09:00:00+07:00",
    )
    card = AK1Card.objects.create(
        application=application,
        jobseeker=person,
        kind="NEW",
        number=f"3277010223{person.pk:06d}",
        issued_on=issued_on,
        valid_until=date(2025, 1, 31),
        officer_name="Ratna",
    )
    ledger.open_or_continue(actor=None, card=card, person=person)
    return card


def test_a_verified_report_counts_and_is_logged(reported, officer, second_officer):
    report = reported("BKK", actor=officer)
    written = decide(report, "verify", actor=second_officer, version=report.version)
    assert (written.state, written.decided_on) == (ReportState.VERIFIED, TODAY)
    last = timeline(written)[-1]
    assert (last.transition, last.actor) == ("verify", second_officer)


def test_verification_ends_the_time_as_a_job_seeker_on_the_day_of_the_start(reported, officer, people):
    person = people()
    card = _card(person)
    report = reported(person=person)
    assert AK1Card.objects.get().state == CardState.ACTIVE
    decide(report, "verify", actor=officer, version=1)
    card.refresh_from_db()
    assert (card.state, card.ended_on) == (CardState.PLACED, date(2023, 8, 1))
    assert EpisodeEvent.objects.filter(kind=EventKind.PLACED, on=date(2023, 8, 1)).count() == 1
    other = reported("BKK", person=person)
    decide(other, "verify", actor=officer, version=1)
    assert EpisodeEvent.objects.filter(kind=EventKind.PLACED).count() == 1


def test_a_card_issued_after_the_start_stays(reported, officer, people, start):
    person = people()
    _card(person, issued_on=date(2023, 8, 10))
    decide(reported(person=person), "verify", actor=officer, version=1)
    assert AK1Card.objects.get().state == CardState.ACTIVE


def test_nobody_verifies_the_own_report_or_the_own_job(reported, officer, second_officer, people):
    own = reported("BKK", actor=officer)
    job = reported("LPK", person=people(user=officer))
    for report in (own, job):
        assert available(report, officer) == [] or "verify" not in {
            s.name for s in available(report, officer)
        }
        with pytest.raises(NotAllowed):
            decide(report, "verify", actor=officer, version=1)
        assert _fresh(report).state == ReportState.REPORTED
    assert decide(own, "verify", actor=second_officer, version=1).state == ReportState.VERIFIED


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLACEMENT_OFFICER])
@pytest.mark.parametrize("step", ["verify", "reject", "reopen"])
def test_only_a_pengantar_kerja_decides(reported, officer, user_with, role, step):
    report = reported()
    if step == "reopen":
        report = decide(report, "verify", actor=officer, version=1)
    with pytest.raises(NotAllowed):
        decide(report, step, actor=user_with(role), version=report.version, comment="Alasan")
    assert (_fresh(report).state, _fresh(report).version) == (report.state, report.version)


def test_the_second_officer_is_told_who_decided_and_when(reported, officer, second_officer):
    report = reported()
    decide(report, "verify", actor=officer, version=1)
    with pytest.raises(StaleRecord, match=r"Ratna Dewi Contohwati.*21 Agustus 2023"):
        decide(report, "reject", actor=second_officer, version=1, comment="Bukti kurang")
    assert _fresh(report).state == ReportState.VERIFIED


def test_a_rejection_needs_a_reason(reported, officer):
    report = reported()
    with pytest.raises(CommentRequired):
        decide(report, "reject", actor=officer, version=1, comment="  ")
    with pytest.raises(WrongState):
        decide(report, "reopen", actor=officer, version=1, comment="x")
    assert _fresh(report).state == ReportState.REPORTED


def test_the_primary_channel_follows_what_is_verified(reported, officer, people):
    person = people()
    course = reported("PELATIHAN", person=person, service_on=date(2023, 5, 1))
    fair = reported("JOB_FAIR", person=person, service_on=date(2023, 7, 1))
    placement = fair.placement

    def primary():
        placement.refresh_from_db()
        return placement.primary_channel

    assert primary() == "JOB_FAIR"
    decide(course, "verify", actor=officer, version=1)
    assert primary() == "PELATIHAN"
    decide(fair, "verify", actor=officer, version=1)
    assert primary() == "JOB_FAIR"
    fair = decide(fair, "reopen", actor=officer, version=2, comment="Bukti diragukan")
    decide(fair, "reject", actor=officer, version=3, comment="Bukti palsu")
    assert primary() == "PELATIHAN"
    course = decide(course, "reopen", actor=officer, version=2, comment="Salah orang")
    assert primary() == "PELATIHAN"
    decide(course, "reject", actor=officer, version=3, comment="Salah orang")
    assert primary() == ""


def test_operators_and_the_person_are_told(reported, officer, bkk, bkk_operator, user_with, people):
    colleague = user_with(Role.BKK_OPERATOR, bkk)
    account = user_with(Role.JOBSEEKER)
    person = people("Agus Setiawan", user=account)
    report = reported("BKK", person=person, actor=bkk_operator, institution=bkk)
    decide(report, "reject", actor=officer, version=1, comment="Kontrak belum ditandatangani.")
    told = Notice.objects.filter(title__contains="ditolak")
    assert {notice.user for notice in told} == {bkk_operator, colleague}
    assert "Kontrak belum ditandatangani." in told[0].body
    assert "Agus S•••••••" in told[0].title
    assert not Notice.objects.filter(user=account).exists()
    change = Change(evidence_kind="BKK_LIST")
    again = change_report(_fresh(report), actor=bkk_operator, version=2, change=change)
    decide(again, "verify", actor=officer, version=again.version)
    assert Notice.objects.get(user=account).title == "Penempatan kerja Anda sudah dicatat"


def test_a_nik_in_a_reason_is_kept_nowhere(reported, officer, bkk, bkk_operator):
    nik = make_nik("327701", BORN, "M", 9999)
    report = reported("BKK", actor=bkk_operator, institution=bkk)
    rejected = decide(report, "reject", actor=officer, version=1, comment=f"NIK {nik} bukan miliknya")
    change = Change(evidence_kind="BKK_LIST")
    change_report(rejected, actor=bkk_operator, version=2, change=change, comment=f"Seharusnya {nik}")
    kept = [row.comment for row in WorkflowLog.objects.all()] + [row.body for row in Notice.objects.all()]
    assert any("bukan miliknya" in text for text in kept)
    assert not any(nik in text for text in kept)


class TestCorrecting:
    """A report that waits or was rejected may be mended by those who may report it."""

    def change(self, report, **details) -> Change:
        return Change(
            evidence_kind="EMPLOYER_CONFIRMATION",
            service_on=date(2023, 7, 30),
            placement_version=report.placement.version,
            details=details,
        )

    def test_report_and_job_are_written_with_history(self, reported, bkk, bkk_operator):
        report = reported("BKK", actor=bkk_operator, institution=bkk)
        change = self.change(report, position="kepala regu", wage_band=WageBand.MINIMUM)
        written = change_report(report, actor=bkk_operator, version=1, change=change, comment="Salah tulis")
        assert (written.evidence_kind, written.service_on) == ("EMPLOYER_CONFIRMATION", date(2023, 7, 30))
        assert (written.placement.position, written.placement.wage_band) == ("kepala regu", WageBand.MINIMUM)
        assert timeline(written)[-1].comment == "Salah tulis"
        assert timeline(written.placement)[-1].label == "Data pekerjaan diperbaiki"

    def test_a_rejected_one_is_sent_again_by_it(self, reported, bkk, bkk_operator, officer):
        report = reported("BKK", actor=bkk_operator, institution=bkk)
        decide(report, "reject", actor=officer, version=1, comment="Kurang bukti")
        fresh = _fresh(report)
        written = change_report(fresh, actor=bkk_operator, version=2, change=self.change(fresh))
        assert (written.state, written.decided_on) == (ReportState.REPORTED, None)
        assert timeline(written)[-1].transition == "resubmit"
        assert written.placement.primary_channel == "BKK"

    def test_a_verified_one_is_closed(self, reported, officer, second_officer):
        report = reported("BKK", actor=officer)
        decide(report, "verify", actor=second_officer, version=1)
        with pytest.raises(WrongState, match="sudah terverifikasi"):
            change_report(_fresh(report), actor=officer, version=2, change=self.change(report))

    def test_the_job_is_closed_once_another_channel_is_verified(
        self, reported, people, officer, bkk, bkk_operator
    ):
        person = people()
        report = reported("BKK", person=person, actor=bkk_operator, institution=bkk)
        decide(reported("LPK", person=person), "verify", actor=officer, version=1)
        with pytest.raises(WrongState, match="jalur lain"):
            change_report(
                _fresh(report), actor=bkk_operator, version=1, change=self.change(report, position="x")
            )
        bare = replace(self.change(report), details={})
        assert change_report(_fresh(report), actor=bkk_operator, version=1, change=bare).version == 2

    def test_a_stale_page_changes_nothing(self, reported, bkk, bkk_operator, officer):
        report = reported("BKK", actor=bkk_operator, institution=bkk)
        decide(report, "reject", actor=officer, version=1, comment="Kurang bukti")
        with pytest.raises(StaleRecord, match="Ratna Dewi"):
            change_report(report, actor=bkk_operator, version=1, change=self.change(report))
        stale_job = replace(self.change(report, position="x"), placement_version=1)
        with pytest.raises(StaleRecord):
            change_report(report, actor=bkk_operator, version=2, change=stale_job)
        assert _fresh(report).evidence_kind == "CONTRACT"
        assert _fresh(report).state == ReportState.REJECTED

    def test_others_may_not(self, reported, bkk, bkk_operator, user_with, people):
        report = reported("BKK", actor=bkk_operator, institution=bkk)
        strangers = [user_with(Role.BKK_OPERATOR), user_with(Role.FAIR_OFFICER), user_with(Role.AGENCY_HEAD)]
        for stranger in strangers:
            with pytest.raises(NotAllowed):
                change_report(report, actor=stranger, version=1, change=self.change(report))
        own = reported("BKK", institution=bkk, person=people(user=bkk_operator))
        with pytest.raises(NotAllowed):
            change_report(own, actor=bkk_operator, version=1, change=self.change(own))

    def test_an_impossible_correction_is_refused_at_its_field(self, reported, people, start, officer):
        person = people()
        reported("LPK", person=person, job=start(started_on=date(2023, 7, 1)))
        report = reported("BKK", person=person, actor=officer)
        for details, field in (
            ({"started_on": date(2023, 9, 1)}, "started_on"),
            ({"started_on": date(2023, 7, 1)}, "started_on"),
            ({"contract_type": ContractType.OWN_BUSINESS}, "contract_type"),
            ({"reach": "AKAN", "destination": "Jepang", "contract_type": ContractType.MIGRANT}, "reach"),
        ):
            with pytest.raises(ValidationError) as caught:
                change_report(report, actor=officer, version=1, change=self.change(report, **details))
            assert field in caught.value.error_dict
        assert _fresh(report).version == 1
        with pytest.raises(TypeError):
            change_report(report, actor=officer, version=1, change=self.change(report, jobseeker=person))


class TestTheDoors:
    """What other rooms tell, this one books."""

    def test_a_hire_that_the_company_reports_is_booked_once(self, company, people, officer, user_with):
        from employers.signals import hire_reported

        operator = user_with(Role.COMPANY_OPERATOR, company.institution)
        facts = {
            "company": company,
            "jobseeker": people(),
            "started_on": date(2023, 8, 1),
            "contract_type": "FIXED_TERM",
            "position": "operator jahit",
            "actor": operator,
            "vacancy": None,
        }
        hire_reported.send(sender=None, **facts)
        hire_reported.send(sender=None, **facts)
        report = ChannelReport.objects.get()
        assert (report.channel, report.evidence_kind) == ("SIDAKEP_ONLINE", "EMPLOYER_CONFIRMATION")
        assert (report.reported_by, report.state) == (operator, ReportState.REPORTED)
        assert report.placement.company == company

    def test_leaving_the_register_for_work_asks_the_officers(self, people, officer, second_officer):
        person = people("Agus Setiawan")
        card = _card(person)
        episode = ledger.open_episode_of(person)
        ledger.append(
            episode, EventKind.REMOVED, actor=officer, on=TODAY, card=card, reason=RemovalReason.FOUND_WORK
        )
        notices = Notice.objects.all()
        assert {notice.user for notice in notices} == {officer, second_officer}
        assert notices[0].title == "Agus S••••••• melapor sudah bekerja"
        assert notices[0].url == f"/penempatan/lapor/?orang={person.uid}"

    def test_other_ends_ask_nobody(self, people, officer):
        person = people()
        card = _card(person)
        ledger.append(
            ledger.open_episode_of(person),
            EventKind.REMOVED,
            actor=officer,
            on=TODAY,
            card=card,
            reason=RemovalReason.MOVED,
        )
        assert not Notice.objects.exists()


def test_an_older_ledger_is_told_how_far_and_who(agency, officer, people, reported):
    """The migration finds for each line of a placement the last job start that is not later."""
    person = people()
    _card(person)
    report = reported(person=person)
    decide(report, "verify", actor=officer, version=1)
    event = EpisodeEvent.objects.get(kind=EventKind.PLACED)
    wanted = (report.placement.reach, report.placement.employer_class)
    blank = {"reach": "", "employer_class": None}
    QuerySet(EpisodeEvent).filter(pk=event.pk).update(**blank)
    fill = import_module("placements.migrations.0003_tell_the_ledger").fill

    class Apps:
        """The models, without the guard of the ledger, as a migration sees them."""

        @staticmethod
        def get_model(app, name):
            return SimpleNamespace(objects=QuerySet(apps.get_model(app, name)))

    fill(Apps, None)
    event.refresh_from_db()
    assert (event.reach, event.employer_class) == wanted
