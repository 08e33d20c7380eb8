"""Proposed facts when two things happen at once: a second tab, an officer in between, doubles that are joined."""

import pytest
from django.core.exceptions import ValidationError

from core.models import StoredFile
from core.workflow import StaleRecord
from jobseekers.models import AK1Application, JobSeeker, ProposedFacts
from jobseekers.services import applications, people, photos, proposals
from jobseekers.services.merging import merge_people
from tests.jobseekers.test_verified_facts import fresh, write

NEW = "32.77.01.1001"


def as_the_page_loads(application):
    rows = AK1Application.objects.select_related("jobseeker", "proposal__photo")
    return rows.get(pk=application.pk)


def test_sending_judges_what_another_tab_wrote_meanwhile(holder, renewal):
    loaded = as_the_page_loads(renewal)
    assert getattr(loaded, "proposal", None) is None
    write(holder, address="")
    with pytest.raises(ValidationError, match=r"[Aa]lamat"):
        applications.submit(loaded, actor=holder.user, version=loaded.version)


def test_approval_takes_what_was_sent_not_what_the_page_had_loaded(holder, renewal, officer):
    write(holder, address="Jalan Anggrek 1")
    loaded = as_the_page_loads(renewal)
    write(holder, address="Jalan Anggrek 2")
    sent = applications.submit(loaded, actor=holder.user, version=loaded.version)
    applications.approve(sent, actor=officer, version=sent.version, knowingly=True)
    assert fresh(holder).address == "Jalan Anggrek 2"


def test_a_write_that_meets_an_approval_is_refused_whole(holder, renewal, officer, photo_file):
    tried = photo_file(holder.user)
    write(holder, photo=tried)
    renewal.refresh_from_db()
    sent = applications.submit(renewal, actor=holder.user, version=renewal.version)
    seen = fresh(holder)
    applications.approve(sent, actor=officer, version=sent.version, knowingly=True)
    with pytest.raises(StaleRecord):
        people.update_person(seen, actor=holder.user, version=seen.version, address="Jalan Anggrek 1")
    assert fresh(holder).photo == tried
    assert not ProposedFacts.objects.exists()


def test_an_officer_photo_answers_the_proposed_one_whose_file_goes(holder, renewal, officer, photo_file):
    before, tried, taken = fresh(holder).photo, photo_file(holder.user), photo_file(officer)
    write(holder, photo=tried)
    write(holder, actor=officer, photo=taken)
    photos.drop_photo(before)
    assert fresh(holder).photo == taken
    assert not ProposedFacts.objects.exists()
    assert not StoredFile.objects.filter(pk__in=(before.pk, tried.pk)).exists()


def test_joined_doubles_keep_the_proposal_with_its_photo(
    holder, renewal, officer, person_with, photo_file, places
):
    double, tried = person_with(address="Jalan Anggrek 1"), photo_file(holder.user)
    write(holder, address="Jalan Anggrek 1", village=places[NEW], photo=tried)
    winner = merge_people(
        fresh(holder), into=double, actor=officer, version=fresh(holder).version, reason="KTP sama"
    )
    application = as_the_page_loads(renewal)
    assert application.jobseeker == winner
    told = {name: words for name, _, words in proposals.changes(proposals.shown(application))}
    assert set(told) == {"address", "village", "photo"}
    assert told["address"] == "Jalan Melati Nomor 12 → Jalan Anggrek 1"
    assert StoredFile.objects.filter(pk=tried.pk).exists()


def test_the_facts_of_a_double_that_nobody_checked_do_not_get_on_the_card(
    sent, holder, officer, seeker, person_with, photo_file
):
    JobSeeker.objects.filter(pk=holder.pk).update(user=None)
    kept = fresh(holder)
    own = person_with(user=seeker, full_name="Rina Palsu", address="Jalan Lain 9", phone="0812 0000 0078")
    draft = applications.start_application(actor=seeker, person=own)
    tried = own.photo
    winner = merge_people(kept, into=own, actor=officer, version=kept.version, reason="KTP sama")
    assert (winner.full_name, winner.address, winner.photo) == (
        "Rina Lestari",
        "Jalan Melati Nomor 12",
        kept.photo,
    )
    assert (winner.phone, winner.user) == ("+6281200000078", seeker)
    assert winner.read_nik() == kept.read_nik()
    assert (winner.nik_verified_at, winner.nik_verified_by) == (kept.nik_verified_at, officer)
    told = proposals.lay_over(fresh(winner), proposals.of_person(winner))
    assert (told.full_name, told.address, told.photo) == ("Rina Palsu", "Jalan Lain 9", tried)
    applications.withdraw(draft, actor=seeker, version=AK1Application.objects.get(pk=draft.pk).version)
    assert fresh(winner).full_name == "Rina Lestari"
    assert not StoredFile.objects.filter(pk=tried.pk).exists()


def test_without_an_application_the_unchecked_facts_go(holder, officer, person_with):
    own = person_with(full_name="Rina Palsu")
    tried = own.photo
    kept = fresh(holder)
    winner = merge_people(kept, into=own, actor=officer, version=kept.version, reason="KTP sama")
    assert (winner.full_name, winner.photo) == ("Rina Lestari", kept.photo)
    assert not ProposedFacts.objects.exists()
    assert not StoredFile.objects.filter(pk=tried.pk).exists()


def test_a_verified_nik_stays_verified_when_both_tell_the_same(holder, officer, person_with):
    kept = fresh(holder)
    own = person_with(nik=kept.read_nik())
    winner = merge_people(kept, into=own, actor=officer, version=kept.version, reason="KTP sama")
    assert winner.nik_verified_at == kept.nik_verified_at
    assert fresh(winner).read_nik() == kept.read_nik()


def test_two_that_were_both_checked_keep_the_facts_of_the_winner(sent, holder, renewal, officer):
    other = sent(full_name="Rina Kedua")
    applications.approve(other, actor=officer, version=other.version, knowingly=True)
    write(holder, full_name="Rina Kedua", birth_place="Garut")
    plain = {"user": None, "nik_verified_at": None, "nik_verified_by": None, "nik_verified_method": ""}
    JobSeeker.objects.filter(pk=holder.pk).update(**plain)
    kept, into = fresh(holder), fresh(other.jobseeker)
    winner = merge_people(kept, into=into, actor=officer, version=kept.version, reason="KTP sama")
    assert winner.full_name == "Rina Kedua"
    told = [name for name, _, _ in proposals.changes(proposals.shown(as_the_page_loads(renewal)))]
    assert told == ["birth_place"]  # the name is what the winner's row says already
