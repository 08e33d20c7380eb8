"""What an officer has verified stays until an officer approves something else, wherever the holder has typed it."""

from datetime import date

import pytest
from django.urls import reverse

from core import clock
from core.errors import Refused
from core.models import Region
from core.models.reference import RegionLevel
from jobseekers import checking, recap
from jobseekers.models import AK1Card, Episode, JobSeeker, ProposedFacts
from jobseekers.my_data import collect_all
from jobseekers.services import applications, people, photos, proposals, retention
from tests.jobseekers.conftest import RENEWAL_DAY
from tests.jobseekers.test_api import send

OLD, NEW = "32.77.02.1001", "32.77.01.1001"


def fresh(person):
    return JobSeeker.objects.get(pk=person.pk)


def write(person, *, actor=None, **changes):
    found = fresh(person)
    return people.update_person(found, actor=actor or person.user, version=found.version, **changes)


def by_district(measure=recap.PEOPLE):
    built = recap.Recap(recap.cube_of(measure, None), base_url="", fixed={}, picked={})
    return {line.label: line.total.value for line in built.tables()[0].lines if line.total.value}


def test_a_draft_moves_neither_card_nor_recap_nor_check_page(holder, renewal, places):
    before = by_district()
    told = write(holder, village=places[NEW], full_name="Rina Baru", address="Jalan Anggrek 1")
    assert (told.full_name, told.village_id, told.address) == ("Rina Baru", NEW, "Jalan Anggrek 1")
    row = fresh(holder)
    assert (row.full_name, row.village_id, row.address) == ("Rina Lestari", OLD, "Jalan Melati Nomor 12")
    assert by_district() == before == {"Cimahi Tengah": 1}
    card = AK1Card.objects.get(jobseeker=holder)
    assert checking.judge(card.number).name == checking.mask_name("Rina Lestari")
    assert Episode.objects.get(jobseeker=holder).cells.get(until=None).village_id == OLD


@pytest.mark.parametrize("end", ["withdraw", "reject"])
def test_what_came_to_nothing_leaves_the_verified_facts(holder, renewal, places, officer, photo_file, end):
    kept, tried = holder.photo, photo_file(holder.user)
    write(holder, village=places[NEW], birth_place="Garut", photo=tried, phone="0812 0000 0077")
    renewal.refresh_from_db()
    if end == "withdraw":
        applications.withdraw(renewal, actor=holder.user, version=renewal.version)
    else:
        sent = applications.submit(renewal, actor=holder.user, version=renewal.version)
        applications.reject(sent, actor=officer, version=sent.version, comment="Alamat tidak sesuai KTP.")
    row = fresh(holder)
    assert (row.village_id, row.birth_place, row.photo) == (OLD, "Cimahi", kept)
    assert row.phone == "+6281200000077"  # contact changes at once
    assert not ProposedFacts.objects.exists()
    assert not type(tried).objects.filter(pk=tried.pk).exists()


def test_approval_makes_them_the_facts(holder, renewal, places, officer, photo_file):
    kept, tried = holder.photo, photo_file(holder.user)
    write(holder, village=places[NEW], full_name="Rina Baru", photo=tried)
    renewal.refresh_from_db()
    sent = applications.submit(renewal, actor=holder.user, version=renewal.version)
    applications.approve(sent, actor=officer, version=sent.version, knowingly=True)
    row = fresh(holder)
    assert (row.full_name, row.village_id, row.photo) == ("Rina Baru", NEW, tried)
    assert by_district() == {"Cimahi Selatan": 1}
    assert Episode.objects.open().get(jobseeker=holder).cells.get(until=None).village_id == NEW
    assert not ProposedFacts.objects.exists()
    assert not type(kept).objects.filter(pk=kept.pk).exists()


def test_a_proposed_birth_date_is_held_against_the_nik(holder, renewal):
    with pytest.raises(Exception, match="KTP"):
        write(holder, birth_date=date(2001, 1, 1))
    assert not ProposedFacts.objects.exists()


def test_a_fact_that_is_again_as_verified_is_no_longer_proposed(holder, renewal, places):
    write(holder, village=places[NEW])
    write(holder, village=places[OLD])
    assert not ProposedFacts.objects.exists()


def test_a_sent_file_that_changes_its_facts_counts_as_changed(holder, renewal, officer):
    sent = applications.submit(renewal, actor=holder.user, version=renewal.version)
    write(holder, address="Jalan Diam-diam 9")
    with pytest.raises(Refused):
        applications.approve(sent, actor=officer, version=sent.version, knowingly=True)
    assert fresh(holder).address == "Jalan Melati Nomor 12"


def test_what_an_officer_writes_stands_at_once_and_answers_the_proposal(holder, renewal, places, officer):
    write(holder, village=places[NEW], address="Jalan Anggrek 1")
    write(holder, actor=officer, address="Jalan Anggrek Nomor 1")
    assert fresh(holder).address == "Jalan Anggrek Nomor 1"
    assert ProposedFacts.objects.get().values == {"village": NEW}


def test_without_an_application_verified_facts_stay_and_contact_moves(holder):
    with pytest.raises(Refused, match="sudah diperiksa petugas"):
        write(holder, address="Jalan Anggrek 1")
    assert write(holder, phone="0812 0000 0078", address="Jalan Melati Nomor 12").phone == "+6281200000078"


def test_a_first_application_is_written_at_once(person_with, seeker):
    person = person_with(user=seeker)
    applications.start_application(actor=seeker, person=person)
    write(person, address="Jalan Anggrek 1")
    assert fresh(person).address == "Jalan Anggrek 1"


def test_the_pages_show_what_was_asked_and_say_what_cancelling_drops(
    holder, renewal, places, client, officer
):
    with clock.frozen(RENEWAL_DAY):
        write(holder, village=places[NEW], full_name="Rina Baru")
        client.force_login(holder.user)
        home = f"/ak1/permohonan/{renewal.uid}/"
        assert "Rina Baru" in client.get(f"{home}periksa/").content.decode()
        assert (
            "Sampai disetujui, kartu Anda tetap memakai data lama"
            in client.get(f"{home}periksa/").content.decode()
        )
        page = client.get(f"{home}batal/").content.decode()
        assert "Kelurahan: Baros → Melong" in page
        assert "Nama lengkap: Rina Lestari → Rina Baru" in page
        told = {part.key: part.rows for part in collect_all(fresh(holder))}["proposals"]
        assert [entry.text for entry in told[0]][1:] == ["Rina Lestari → Rina Baru", "Baros → Melong"]
        renewal.refresh_from_db()
        answer = client.post(f"{home}batal/", {"version": renewal.version}, follow=True)
        assert "seperti yang terakhir diperiksa petugas" in answer.content.decode()
    assert fresh(holder).full_name == "Rina Lestari"


def test_the_officer_sees_the_new_facts_beside_the_old(
    holder, renewal, places, client_as, officer, photo_file
):
    with clock.frozen(RENEWAL_DAY):
        tried = photo_file(holder.user)
        write(holder, village=places[NEW], full_name="Rina Baru", photo=tried)
        renewal.refresh_from_db()
        applications.submit(renewal, actor=holder.user, version=renewal.version)
        page = client_as(user=officer).get(f"/petugas/ak1/{renewal.uid}/").content.decode()
    assert "Perubahan yang diajukan" in page
    assert "Rina Lestari → Rina Baru" in page
    assert str(tried.uid) in page


def test_only_the_holder_and_staff_open_a_proposed_photo(holder, renewal, photo_file, seeker, officer):
    from jobseekers.files import may_open_photo

    tried = photo_file(holder.user)
    write(holder, photo=tried)
    assert [may_open_photo(user, tried) for user in (holder.user, officer, seeker)] == [True, True, False]


def test_a_replaced_proposal_drops_its_photo_and_keeps_the_verified_one(holder, renewal, photo_file):
    first, second = photo_file(holder.user), photo_file(holder.user)
    write(holder, photo=first)
    write(holder, photo=second)
    photos.drop_photo(first)
    photos.drop_photo(holder.photo)
    assert not type(first).objects.filter(pk=first.pk).exists()
    assert fresh(holder).photo == holder.photo


def test_facts_are_what_the_card_and_the_recap_speak_of():
    assert set(proposals.FACTS) <= set(people.FIELDS)
    assert not {"phone", "email", "domicile_village", "education", "skills"} & set(proposals.FACTS)


def test_the_api_tells_owner_and_officer_what_would_change(holder, renewal, client_as, officer):
    with clock.frozen(RENEWAL_DAY):
        own, desk = client_as(user=holder.user), client_as(user=officer)
        seen = {"If-Match": f'"{fresh(holder).version}"'}
        told = send(own, "PATCH", "profile", {"address": "Jalan Anggrek 1"}, **seen)
        assert told.json()["address"] == "Jalan Anggrek 1"
        assert send(own, "GET", "profile").json()["address"] == "Jalan Anggrek 1"
        renewal.refresh_from_db()
        applications.submit(renewal, actor=holder.user, version=renewal.version)
        for client, name in ((own, "own_application_checks"), (desk, "application_checks")):
            (change,) = send(client, "GET", name, None, renewal.uid).json()["changes"]
            assert change == {
                "fact": "address",
                "label": "Alamat",
                "change": "Jalan Melati Nomor 12 → Jalan Anggrek 1",
            }
        told = send(desk, "GET", "person", None, holder.uid).json()
    assert told["address"] == "Jalan Melati Nomor 12"


def test_only_kinds_that_fit_the_card_are_offered(holder, client_as):
    page = reverse("jobseekers:start")
    own = client_as(user=holder.user)
    early = own.get(page).content.decode()
    assert 'value="NEW"' not in early
    assert 'value="RENEWAL"' not in early
    assert 'value="REPLACEMENT"' in early
    assert "Perpanjangan bisa diajukan mulai" in early
    refused = own.post(page, {"kind": "NEW", "reason": ""})
    assert refused.status_code == 422
    assert "masih berlaku sampai" in refused.content.decode()
    with clock.frozen(RENEWAL_DAY):
        due = own.get(page).content.decode()
    assert 'value="RENEWAL"' in due
    assert 'value="NEW"' not in due


def test_the_kelurahan_is_not_called_optional(holder, renewal, client):
    with clock.frozen(RENEWAL_DAY):
        client.force_login(holder.user)
        page = client.get(reverse("jobseekers:fill_part", args=[renewal.uid, "alamat"])).content.decode()
    assert "Kelurahan (opsional)" not in page
    assert "Kecamatan, bila KTP dari kota lain (opsional)" in page


def test_a_kecamatan_elsewhere_is_named_with_its_city(holder, renewal):
    parent = Region.objects.create(code="32.73", name="Kota Bandung", level=RegionLevel.REGENCY)
    away = Region.objects.create(code="32.73.02", name="Coblong", level=RegionLevel.DISTRICT, parent=parent)
    write(holder, village=away)
    renewal.refresh_from_db()
    ((_, label, words),) = proposals.changes(proposals.shown(renewal))
    assert (label, words) == ("Kelurahan", "Baros → Kecamatan Coblong, Kota Bandung")


def test_an_old_draft_goes_with_its_proposed_photo(holder, renewal, photo_file):
    tried = photo_file(holder.user)
    write(holder, photo=tried)
    with clock.frozen(RENEWAL_DAY.replace(year=2027)):
        drafts = next(rule for rule in retention.RULES if rule.due is retention.old_drafts)
        drafts.act(drafts.due().get())
    assert not ProposedFacts.objects.exists()
    assert not type(tried).objects.filter(pk=tried.pk).exists()
    assert fresh(holder).photo == holder.photo
