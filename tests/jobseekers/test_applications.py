"""The AK-1 application from start to decision."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.errors import Refused
from core.workflow import CommentRequired, NotAllowed, StaleRecord, WrongState, timeline
from jobseekers.models import AK1Application, AK1Card, Episode, EpisodeEvent, JobSeeker
from jobseekers.services import applications, cards
from jobseekers.services.people import NikTaken
from tests.jobseekers.test_api import problem, send

pytestmark = pytest.mark.django_db


def snapshot_of(*models):
    """Everything that a refused step must leave as it was."""
    return {model: list(model.objects.order_by("pk").values()) for model in models}


EVERYTHING = (JobSeeker, AK1Application, AK1Card, Episode, EpisodeEvent)


def test_approval_issues_a_numbered_card_opens_the_episode_and_verifies_the_nik(sent, officer):
    application = sent()
    card = applications.approve(application, actor=officer, version=application.version)

    assert card.number == "3277210823000001"
    assert card.number_grouped == "3277 210823 000001"
    assert (card.issued_on, card.valid_until) == (date(2023, 8, 21), date(2025, 8, 20))
    assert card.officer_name == officer.full_name
    application = AK1Application.objects.get()
    assert application.state == "APPROVED"
    assert application.decided_by == officer
    episode = Episode.objects.get()
    assert (episode.age_group, episode.sex, episode.village_id) == ("15-19", "F", "32.77.02.1001")
    assert [event.kind for event in episode.events.all()] == ["REGISTERED"]
    person = JobSeeker.objects.get()
    assert person.nik_verified_by == officer
    assert person.nik_verified_method == "KTP_SEEN"
    assert [row.label for row in timeline(application)] == [
        "Permohonan dibuat",
        "Kirim permohonan",
        "Setujui dan terbitkan kartu",
    ]


def test_returned_file_keeps_its_place_and_can_be_sent_again(sent, officer):
    application = sent()
    first_sent = application.submitted_at
    with clock.frozen(date(2023, 8, 22)):
        returned = applications.return_application(
            application, actor=officer, version=application.version, comment="Foto terlalu gelap."
        )
    assert (returned.state, returned.officer_note) == ("RETURNED", "Foto terlalu gelap.")
    with clock.frozen(date(2023, 8, 23)):
        again = applications.submit(returned, actor=returned.jobseeker.user, version=returned.version)
    assert (again.state, again.submitted_at, again.officer_note) == ("SUBMITTED", first_sent, "")


@pytest.mark.parametrize("step", ["return_application", "reject"])
def test_a_refusal_needs_its_reason_and_changes_nothing_without(sent, officer, step):
    application = sent()
    before = snapshot_of(*EVERYTHING)
    with pytest.raises(CommentRequired):
        getattr(applications, step)(application, actor=officer, version=application.version, comment="  ")
    assert snapshot_of(*EVERYTHING) == before


def test_second_officer_is_told_who_decided_and_when(sent, officer, user_with):
    application = sent()
    version = application.version
    applications.reject(application, actor=officer, version=version, comment="Bukan KTP asli.")
    before = snapshot_of(*EVERYTHING)
    other = user_with("PLACEMENT_OFFICER", full_name="Petugas Kedua")
    with pytest.raises(StaleRecord, match=r"Ratna Dewi.*21 Agustus 2023"):
        applications.approve(application, actor=other, version=version)
    assert snapshot_of(*EVERYTHING) == before


def test_a_file_mended_while_open_cannot_be_approved_unseen(sent, officer):
    from jobseekers.services.people import update_person

    application = sent()
    seen = application.version
    person = application.jobseeker
    update_person(person, actor=person.user, version=person.version, address="Jalan Lain 5")
    with pytest.raises(StaleRecord):
        applications.approve(application, actor=officer, version=seen)
    assert not AK1Card.objects.exists()


@pytest.mark.parametrize(
    "role", ["JOBSEEKER", "SECTION_HEAD", "ADMINISTRATOR", "TRAINING_OFFICER", "BKK_OPERATOR", "PDP_OFFICER"]
)
def test_only_a_pengantar_kerja_decides(sent, user_with, role):
    application = sent()
    before = snapshot_of(*EVERYTHING)
    with pytest.raises(NotAllowed):
        applications.approve(application, actor=user_with(role), version=application.version)
    assert snapshot_of(*EVERYTHING) == before


def test_an_officer_does_not_decide_the_own_file(sent, officer, person_with):
    person = person_with(user=officer)
    application = sent(person=person)
    with pytest.raises(NotAllowed):
        applications.approve(application, actor=officer, version=application.version)


def test_one_open_application_a_person(sent):
    application = sent()
    with pytest.raises(Refused, match="belum selesai"):
        applications.start_application(actor=application.jobseeker.user, person=application.jobseeker)
    with pytest.raises(IntegrityError), transaction.atomic():
        AK1Application.objects.create(jobseeker=application.jobseeker)


def test_incomplete_or_too_young_people_cannot_send(person_with, seeker, agency):
    person = person_with(
        user=seeker, birth_place="", phone="", photo=None, birth_date=date(2009, 1, 1), graduation_year=None
    )
    application = applications.start_application(actor=seeker, person=person)
    before = snapshot_of(*EVERYTHING)
    with pytest.raises(ValidationError) as caught:
        applications.submit(application, actor=seeker, version=application.version)
    text = " ".join(caught.value.messages)
    assert "Tempat lahir, Telepon, Pas foto" in text
    assert "paling muda 15 tahun" in text
    assert snapshot_of(*EVERYTHING) == before


def test_domicile_rule_is_a_policy(person_with, places, user_with, agency):
    def attempt():
        user = user_with("JOBSEEKER")
        person = person_with(user=user, village=places["32.75.01.1001"])
        application = applications.start_application(actor=user, person=person)
        return applications.submit(application, actor=user, version=application.version)

    assert attempt().state == "SUBMITTED"
    agency.policies = {"domicile_required": True}
    agency.save()
    with pytest.raises(ValidationError, match="hanya untuk warga Kota Cimahi"):
        attempt()


def test_kinds_follow_what_the_person_holds(sent, officer):
    application = sent()
    person = application.jobseeker
    first = applications.approve(application, actor=officer, version=application.version)
    with pytest.raises(Refused, match="masih berlaku sampai 20 Agustus 2025"):
        applications.start_application(actor=person.user, person=person, kind="NEW")
    with pytest.raises(Refused, match="mulai 21 Juli 2025"):
        applications.start_application(actor=person.user, person=person, kind="RENEWAL")

    lost = sent(person=person, kind="REPLACEMENT", reason="LOST")
    with clock.frozen(date(2024, 1, 31)):
        second = applications.approve(lost, actor=officer, version=lost.version)
    first.refresh_from_db()
    assert (first.state, first.ended_on) == ("REPLACED", date(2024, 1, 31))
    assert (second.kind, second.issued_on, second.valid_until) == (
        "REPLACEMENT",
        date(2024, 1, 31),
        date(2025, 8, 20),
    )
    assert second.number == "3277310124000001"
    assert Episode.objects.count() == 1
    assert [event.kind for event in EpisodeEvent.objects.order_by("pk")] == ["REGISTERED", "REPORTED"]

    with clock.frozen(date(2025, 8, 1)):
        renewal = sent(person=person, kind="RENEWAL")
        third = applications.approve(renewal, actor=officer, version=renewal.version)
    assert third.valid_until == date(2027, 7, 31)
    assert Episode.objects.open().count() == 1
    assert AK1Card.objects.active().get() == third


@pytest.mark.parametrize(("kind", "reason"), [("RENEWAL", ""), ("REPLACEMENT", "LOST")])
def test_without_a_card_before_there_is_only_a_new_one(person_with, seeker, officer, client_as, kind, reason):
    person = person_with(user=seeker)
    with pytest.raises(Refused, match="Belum pernah ada kartu AK-1"):
        applications.start_application(actor=seeker, person=person, kind=kind, reason=reason)
    desk = reverse("jobseekers:desk_for", args=[person.uid])
    for who, url in ((seeker, reverse("jobseekers:start")), (officer, desk)):
        client = client_as(user=who)
        page = client.get(url).content.decode()
        assert "Kartu baru" in page
        assert 'value="RENEWAL"' not in page
        answer = client.post(url, {"kind": kind, "reason": reason, "version": person.version})
        assert answer.status_code == 422
        assert "pilih Kartu baru" in answer.content.decode()
    assert not AK1Application.objects.exists()
    told = send(client_as(user=seeker), "POST", "own_applications", {"kind": kind, "reason": reason},
                **{"Idempotency-Key": "kunci-0001"})  # fmt: skip
    assert "Belum pernah ada kartu" in json.dumps(problem(told, 422))
    # a file that was sent before the rule held
    old = applications.start_application(actor=seeker, person=person)
    old = applications.submit(old, actor=seeker, version=old.version)
    AK1Application.objects.filter(pk=old.pk).update(kind="RENEWAL")
    with pytest.raises(Refused, match="belum pernah memegang kartu"):
        applications.approve(AK1Application.objects.get(pk=old.pk), actor=officer, version=old.version)
    assert not AK1Card.objects.exists()


def test_renewal_after_expiry_opens_a_new_episode(sent, officer):
    application = sent()
    card = applications.approve(application, actor=officer, version=application.version)
    with clock.frozen(date(2025, 8, 21)):
        cards.expire(card)
    card.refresh_from_db()
    assert (card.state, card.ended_on) == ("EXPIRED", date(2025, 8, 21))
    with clock.frozen(date(2025, 9, 1)):
        renewal = sent(person=application.jobseeker, kind="RENEWAL")
        applications.approve(renewal, actor=officer, version=renewal.version)
    assert list(Episode.objects.order_by("pk").values_list("closed_on", flat=True)) == [
        date(2025, 8, 21),
        None,
    ]


def test_a_card_that_was_taken_off_the_register_is_not_renewed(sent, officer):
    application = sent()
    card = applications.approve(application, actor=officer, version=application.version)
    cards.remove_from_register(
        card, actor=officer, version=card.version, reason="WITHDREW", comment="Sendiri"
    )
    before = snapshot_of(*EVERYTHING)
    with pytest.raises(Refused, match="Pilih Kartu baru"):
        sent(person=application.jobseeker, kind="RENEWAL")
    assert snapshot_of(*EVERYTHING) == before
    assert sent(person=application.jobseeker, kind="NEW").state == "SUBMITTED"


def test_a_second_claim_on_a_verified_nik_stops_at_the_officer(sent, officer, person_with, user_with):
    first = sent()
    applications.approve(first, actor=officer, version=first.version)
    thief = person_with(user=user_with("JOBSEEKER"), nik=first.jobseeker.read_nik())
    second = sent(person=thief)
    before = snapshot_of(*EVERYTHING)
    with pytest.raises(NikTaken, match="gabungkan"):
        applications.approve(second, actor=officer, version=second.version)
    assert snapshot_of(*EVERYTHING) == before


def test_withdrawn_application_frees_the_person(sent):
    application = sent()
    user = application.jobseeker.user
    withdrawn = applications.withdraw(application, actor=user, version=application.version)
    assert withdrawn.decided_at is not None
    assert applications.start_application(actor=user, person=application.jobseeker).state == "DRAFT"
    with pytest.raises(WrongState):
        applications.submit(withdrawn, actor=user, version=withdrawn.version)
