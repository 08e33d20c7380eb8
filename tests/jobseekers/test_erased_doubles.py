"""Erasing a person reaches the rows that were joined into theirs."""

from core.models import StoredFile
from jobseekers.models import JobSeeker
from jobseekers.services import cards, erasure
from jobseekers.services.merging import merge_people
from tests.jobseekers.test_verified_facts import fresh


def test_erasing_the_winner_reaches_the_tombstone_and_its_photo(holder, officer, user_with, person_with):
    kept, double = fresh(holder), person_with(nik=fresh(holder).read_nik())
    shared = kept.photo
    winner = merge_people(kept, into=double, actor=officer, version=kept.version, reason="KTP sama")
    card = winner.cards.get()
    cards.remove_from_register(card, actor=officer, version=card.version, reason="MOVED", comment="Surat")
    winner = fresh(winner)
    pdp = user_with("PDP_OFFICER")
    erasure.erase_person(winner, actor=pdp, version=winner.version, reason="Surat 12")
    rows = JobSeeker.objects.filter(pk__in=(winner.pk, kept.pk))
    assert {(row.address, bytes(row.nik_sealed or b""), row.photo_id) for row in rows} == {("", b"", None)}
    assert not {row.full_name for row in rows} & {"Rina Lestari"}
    assert not StoredFile.objects.filter(pk=shared.pk).exists()
    assert not JobSeeker.history.filter(full_name="Rina Lestari").exists()
