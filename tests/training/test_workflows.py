"""Cohorts and participants: every step from every state, seats, results, certificates; who may."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from core import clock
from core.errors import Refused
from core.workflow import CommentRequired, NotAllowed, StaleRecord, WrongState, available, fire, timeline
from messaging.models import Notice
from tests.employers.builders import TODAY
from tests.training import builders
from training.enums import CohortState, EnrolmentState
from training.models import Certificate, Enrolment, ProgrammeAlias, TrainingCohort, TrainingProgramme
from training.services import certificates, cohorts, enrolments, programmes
from training.workflows import COHORT, ENROLMENT

pytestmark = pytest.mark.django_db
RESULT = {"result": "COMPETENT", "assessed_on": date(2023, 7, 31)}


@pytest.mark.parametrize("state", CohortState.values)
@pytest.mark.parametrize("name", [step.name for step in COHORT.transitions])
def test_a_cohort_moves_along_its_table(trainer, state, name):
    made, step = builders.cohort(state=state), COHORT.get(name)
    if state in step.source:
        assert fire(made, name, actor=trainer, version=1, comment="Peserta kurang").state == step.target
    else:
        with pytest.raises(WrongState):
            fire(made, name, actor=trainer, version=1, comment="Peserta kurang")
        made.refresh_from_db()
        assert (made.state, made.version) == (state, 1)


@pytest.mark.parametrize("state", EnrolmentState.values)
@pytest.mark.parametrize("name", [step.name for step in ENROLMENT.transitions])
def test_a_participant_moves_along_its_table(cohort, trainer, state, name):
    made, step = builders.enrolment(cohort, state=state), ENROLMENT.get(name)
    data = RESULT if name in ("complete", "amend_result") else {}
    if state in step.source:
        written = enrolments.take_step(made, name, actor=trainer, version=1, comment="Sesuai daftar", **data)
        assert (written.state, written.version) == (step.target, 2)
    else:
        with pytest.raises(WrongState):
            enrolments.take_step(made, name, actor=trainer, version=1, comment="Sesuai daftar", **data)
        made.refresh_from_db()
        assert (made.state, made.version) == (state, 1)


RUNNERS = {Role.TRAINING_OFFICER, Role.SECTION_HEAD}


@pytest.mark.parametrize("role", [*Role.values, None])
def test_who_may_take_which_step(cohort, provider, user_with, role):
    own = builders.cohort(provider=provider)
    user = user_with(role, provider.institution if role == Role.LPK_OPERATOR else None)
    found = {step.name for state in EnrolmentState.values for step in available(_in(own, state), user)}
    found_cohort = {step.name for state in CohortState.values for step in available(_cohort_in(state), user)}
    if role in RUNNERS:
        assert found == {step.name for step in ENROLMENT.transitions}
        assert found_cohort == {step.name for step in COHORT.transitions}
    else:
        assert found == ({"withdraw"} if role == Role.LPK_OPERATOR else set())
        assert found_cohort == set()


def _in(cohort, state):
    return builders.enrolment(cohort, state=state)


def _cohort_in(state):
    return builders.cohort(state=state)


def test_a_person_may_withdraw_from_the_own_training(cohort, user_with):
    user = user_with(Role.JOBSEEKER)
    made = builders.enrolment(cohort, jobseeker=builders.person(user=user))
    other = builders.enrolment(cohort)
    assert {step.name for step in available(made, user)} == {"withdraw"}
    assert available(other, user) == []
    with pytest.raises(CommentRequired):
        enrolments.take_step(made, "withdraw", actor=user, version=1)
    assert enrolments.take_step(made, "withdraw", actor=user, version=1, comment="Sakit").state == "WITHDRAWN"


def test_a_cohort_is_not_finished_before_its_last_day(trainer):
    made = builders.cohort(ends_on=date(2023, 8, 22))
    with pytest.raises(Refused, match="22 Agustus 2023"):
        fire(made, "finish", actor=trainer, version=1)
    with clock.frozen(date(2023, 8, 22)):
        assert fire(made, "finish", actor=trainer, version=1).state == "FINISHED"


def test_no_more_people_than_seats(agency, trainer):
    made = builders.cohort(quota=2)
    first, second, third = (builders.enrolment(made) for _ in range(3))
    for one in (first, second):
        enrolments.take_step(one, "accept", actor=trainer, version=1)
    with pytest.raises(Refused, match="Kuota angkatan ini 2 orang dan sudah penuh"):
        enrolments.take_step(third, "accept", actor=trainer, version=1)
    third.refresh_from_db()
    assert (third.state, third.version) == ("APPLIED", 1)
    enrolments.take_step(first, "withdraw", actor=trainer, version=2, comment="Pindah kota")
    assert enrolments.take_step(third, "accept", actor=trainer, version=1).state == "ACCEPTED"


def test_seats_are_not_cut_below_the_people_accepted(agency, trainer):
    made = builders.cohort(quota=5)
    for _ in range(3):
        builders.enrolment(made, state="ACCEPTED")
    with pytest.raises(ValidationError, match="Sudah 3 orang diterima"):
        cohorts.change_cohort(made, actor=trainer, version=1, quota=2)
    made.refresh_from_db()
    assert (made.quota, made.version) == (5, 1)
    assert cohorts.change_cohort(made, actor=trainer, version=1, quota=3).quota == 3


@pytest.mark.parametrize(
    ("result", "assessed_on", "words"),
    [
        ("COMPETENT", None, "Isi tanggal penilaian"),
        ("COMPETENT", date(2023, 7, 2), "lebih awal"),
        ("NOT_YET", date(2023, 8, 22), "belum tiba"),
        ("NONE", date(2023, 7, 31), "belum dinilai"),
    ],
)
def test_impossible_results_are_refused(cohort, trainer, result, assessed_on, words):
    made = builders.enrolment(cohort, state="ATTENDING")
    with pytest.raises(Refused, match=words):
        enrolments.record_result(made, actor=trainer, version=1, result=result, assessed_on=assessed_on)
    made.refresh_from_db()
    assert (made.state, made.result, made.version) == ("ATTENDING", "NONE", 1)


def test_no_result_before_the_last_day(agency, trainer):
    made = builders.enrolment(builders.cohort(ends_on=date(2023, 9, 1)), state="ATTENDING")
    with pytest.raises(WrongState, match="1 September 2023"):
        enrolments.record_result(made, actor=trainer, version=1, result="COMPETENT", assessed_on=TODAY)


def test_a_result_is_amended_with_a_reason_unless_certified(cohort, trainer):
    made = builders.graduate(cohort)
    with pytest.raises(CommentRequired):
        enrolments.record_result(made, actor=trainer, version=1, result="NOT_YET", assessed_on=TODAY)
    written = enrolments.record_result(
        made, actor=trainer, version=1, result="NOT_YET", assessed_on=TODAY, comment="Salah baris"
    )
    assert written.result == "NOT_YET"
    held = builders.graduate(cohort)
    builders.certificate(held)
    with pytest.raises(Refused, match="memegang sertifikat"):
        enrolments.record_result(
            held, actor=trainer, version=1, result="NOT_YET", assessed_on=TODAY, comment="Salah baris"
        )
    held.refresh_from_db()
    assert (held.result, held.version) == ("COMPETENT", 1)


def test_an_lpk_records_no_result_of_its_own_trainees(provider, operator, agency):
    made = builders.enrolment(builders.cohort(provider=provider), state="ATTENDING")
    with pytest.raises(NotAllowed):
        enrolments.record_result(made, actor=operator, version=1, **RESULT)
    made.refresh_from_db()
    assert (made.state, made.version) == ("ATTENDING", 1)


def test_the_second_officer_is_told_who_decided(cohort, trainer, user_with):
    made = builders.enrolment(cohort)
    enrolments.take_step(made, "reject", actor=trainer, version=1, comment="Di bawah umur")
    with pytest.raises(StaleRecord, match="Asep Pelatih Contoh"):
        enrolments.take_step(made, "accept", actor=user_with(Role.SECTION_HEAD), version=1)
    made.refresh_from_db()
    assert made.state == "REJECTED"
    assert [row.label for row in timeline(made)] == ["Tolak"]


def test_the_participant_is_told_once_per_decision(cohort, trainer, user_with):
    user = user_with(Role.JOBSEEKER)
    made = builders.enrolment(cohort, jobseeker=builders.person(user=user))
    enrolments.take_step(made, "reject", actor=trainer, version=1, comment="Belum lulus seleksi")
    notice = Notice.objects.get(user=user)
    assert "Belum lulus seleksi" in notice.body
    assert notice.url == f"/pelatihan/peserta/{made.uid}/"


def test_enrolment_finds_the_person_by_nik_and_birth_date(agency, trainer, cohort):
    person, nik = builders.person_with_nik()
    assert enrolments.find_person(nik, builders.BIRTH) == person
    answers = set()
    for asked in ((nik, date(2001, 4, 18)), (nik[:-1] + "2", builders.BIRTH)):
        with pytest.raises(Refused) as caught:
            enrolments.find_person(*asked)
        answers.add(str(caught.value))
    assert len(answers) == 1
    made = enrolments.enrol(actor=trainer, cohort=cohort, jobseeker=person)
    assert made.state == "APPLIED"
    with pytest.raises(Refused, match="sudah ada dalam daftar"):
        enrolments.enrol(actor=trainer, cohort=cohort, jobseeker=person)
    assert Enrolment.objects.count() == 1


def test_two_unverified_rows_of_one_nik_are_an_officers_task(agency):
    _, nik = builders.person_with_nik()
    builders.person_with_nik()
    with pytest.raises(Refused, match="lebih dari satu data"):
        enrolments.find_person(nik, builders.BIRTH)


@pytest.mark.parametrize("state", ["PLANNED", "FINISHED", "CANCELLED"])
def test_nobody_enrols_in_a_cohort_that_is_not_open(agency, trainer, state):
    with pytest.raises(WrongState):
        enrolments.enrol(actor=trainer, cohort=builders.cohort(state=state), jobseeker=builders.person())
    assert not Enrolment.objects.exists()


def test_an_lpk_enrols_in_the_own_cohorts_only(agency, provider, operator):
    own = builders.cohort(provider=provider)
    assert enrolments.enrol(actor=operator, cohort=own, jobseeker=builders.person()).cohort == own
    for other in (builders.cohort(), builders.cohort(provider=builders.provider())):
        with pytest.raises(NotAllowed):
            enrolments.enrol(actor=operator, cohort=other, jobseeker=builders.person())
    assert Enrolment.objects.count() == 1


def test_a_merged_person_is_not_enrolled(agency, trainer, cohort):
    gone = builders.person(merged_into=builders.person())
    with pytest.raises(Refused, match="digabung"):
        enrolments.enrol(actor=trainer, cohort=cohort, jobseeker=gone)


CERTIFICATE = {
    "scheme": "BNSP",
    "scheme_name": "Las",
    "number": "BNSP 7",
    "issuer": "LSP Contoh",
    "issued_on": date(2023, 8, 1),
}


def test_certificates_are_for_competent_participants_and_numbered_once(agency, trainer, cohort):
    made = certificates.book_certificate(actor=trainer, enrolment=builders.graduate(cohort), **CERTIFICATE)
    assert made.history.count() == 1
    bad = [
        (builders.enrolment(cohort, state="COMPLETED"), {"number": "BNSP 8"}, "enrolment"),
        (builders.graduate(cohort), {}, "number"),
        (made.enrolment, {"number": "BNSP 9"}, "scheme_name"),
        (builders.graduate(cohort), {"number": "BNSP 10", "issued_on": date(2023, 8, 22)}, "issued_on"),
        (builders.graduate(cohort), {"number": "BNSP 11", "valid_until": date(2023, 7, 1)}, "valid_until"),
        (builders.graduate(cohort), {"number": "BNSP 12", "skkni_code": "XX"}, "skkni_code"),
    ]
    for enrolment, changes, field in bad:
        with pytest.raises(ValidationError) as caught:
            certificates.book_certificate(actor=trainer, enrolment=enrolment, **(CERTIFICATE | changes))
        assert field in caught.value.message_dict
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("role", [Role.LPK_OPERATOR, Role.PLANNER, Role.PLACEMENT_OFFICER, Role.JOBSEEKER])
def test_others_run_no_training(agency, cohort, user_with, role):
    user, done = user_with(role), builders.graduate(cohort)
    with pytest.raises(NotAllowed):
        certificates.book_certificate(actor=user, enrolment=done, **CERTIFICATE)
    with pytest.raises(NotAllowed):
        cohorts.change_cohort(cohort, actor=user, version=1, quota=9)
    with pytest.raises(NotAllowed):
        programmes.define_programme(actor=user, name="Barista")
    with pytest.raises(NotAllowed):
        cohorts.plan_cohort(
            actor=user,
            programme=cohort.programme,
            name="A",
            funding_source="APBD",
            starts_on=TODAY,
            ends_on=TODAY,
            quota=1,
        )
    assert (Certificate.objects.count(), TrainingCohort.objects.count()) == (0, 1)
    assert TrainingProgramme.objects.count() == 1


def test_a_programme_has_one_name_and_many_aliases(trainer):
    made = programmes.define_programme(actor=trainer, name="Vaporista", aliases=["Favorista"])
    for name in ("vaporista", "FAVORISTA", " Favorista "):
        assert TrainingProgramme.objects.called(name).get() == made
        with pytest.raises(ValidationError, match="sudah dipakai"):
            programmes.define_programme(actor=trainer, name=name)
    with pytest.raises(ValidationError, match="sudah dipakai"):
        programmes.add_alias(made, actor=trainer, name="Favorista")
    assert (TrainingProgramme.objects.count(), ProgrammeAlias.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": date(2023, 7, 1)}, "ends_on"),
        ({"quota": 0}, "quota"),
        ({"funding_source": "X"}, "funding_source"),
    ],
)
def test_impossible_cohorts_are_refused(agency, trainer, changes, field):
    values = {
        "name": "A",
        "funding_source": "APBD",
        "starts_on": date(2023, 7, 3),
        "ends_on": date(2023, 7, 9),
        "quota": 3,
    }
    with pytest.raises(ValidationError) as caught:
        cohorts.plan_cohort(actor=trainer, programme=builders.programme(), **(values | changes))
    assert field in caught.value.message_dict
    assert not TrainingCohort.objects.exists()


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (TrainingCohort, {"ends_on": date(2023, 1, 1)}),
        (TrainingCohort, {"quota": 0}),
        (TrainingCohort, {"state": "GONE"}),
        (Enrolment, {"result": "NONE"}),
        (Enrolment, {"assessed_on": None}),
        (Enrolment, {"state": "ATTENDING"}),
        (Certificate, {"valid_until": date(2020, 1, 1)}),
        (Certificate, {"number": ""}),
        (Certificate, {"scheme": "GONE"}),
    ],
)
def test_the_database_refuses(agency, model, changes):
    builders.certificate()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**changes)


def test_the_database_keeps_a_person_in_a_cohort_once(cohort):
    made = builders.enrolment(cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.enrolment(cohort, jobseeker=made.jobseeker)


@pytest.mark.django_db(transaction=True)
def test_two_officers_do_not_share_the_last_seat(agency, user_with):
    made = builders.cohort(quota=1)
    both = [builders.enrolment(made) for _ in range(2)]
    users = [user_with(Role.TRAINING_OFFICER), user_with(Role.SECTION_HEAD)]
    barrier, outcomes = threading.Barrier(2), []

    def accept(enrolment, user) -> None:
        try:
            with clock.frozen(TODAY):
                barrier.wait(10)
                enrolments.take_step(enrolment, "accept", actor=user, version=1)
            outcomes.append("accepted")
        except Refused as problem:
            outcomes.append(str(problem)[:6])
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=pair) for pair in zip(both, users, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["Kuota ", "accepted"]
    assert made.enrolments.seated().count() == 1
