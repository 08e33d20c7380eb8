"""The person's row: registering, changing, verifying, merging, erasing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from core.models import StoredFile, WorkflowLog
from core.models.audit import AuditEvent
from core.personal import blind_index, make_nik
from core.workflow import StaleRecord
from jobseekers.models import AK1Application, AK1Card, Episode, EpisodeEvent, JobSeeker
from jobseekers.services import applications, cards
from jobseekers.services.erasure import CannotErase, erase_person
from jobseekers.services.merging import CannotMerge, merge_people
from jobseekers.services.people import Gone, NikTaken, register_person, update_person, verify_nik

pytestmark = pytest.mark.django_db
NIK = make_nik("327702", date(2003, 8, 25), "F", 9123)


def register(**changes):
    answers = {
        "full_name": "Rina Lestari",
        "sex": "F",
        "birth_date": date(2003, 8, 25),
        "nik": NIK,
        **changes,
    }
    return register_person(actor=None, **answers)


def test_nik_is_sealed_found_blind_and_shown_masked(agency):
    person = register(nik=f"{NIK[:6]} {NIK[6:12]}-{NIK[12:]}")
    person.refresh_from_db()
    assert person.read_nik() == NIK
    assert person.nik_masked == f"3277••••••••••{NIK[-2:]}"
    assert JobSeeker.objects.get(nik_index=blind_index(NIK)) == person
    assert NIK.encode() not in bytes(person.nik_sealed)
    assert person.nik_verified_at is None


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"nik": "12345"}, "nik", "16 angka"),
        ({"nik": "327702650803900X"}, "nik", "hanya berisi angka"),
        ({"nik": "3277029913039001"}, "nik", "tanggal lahir"),
        ({"nik": "1" * 16}, "nik", "sama"),
        ({"nik": NIK[:12] + "0000"}, "nik", "0000"),
        ({"sex": "M"}, "nik", "Jenis kelamin"),
        ({"birth_date": date(2003, 8, 24)}, "nik", "Tanggal lahir"),
        ({"kk": "123"}, "kk", "16 angka"),
        ({"full_name": "<script>"}, "full_name", "huruf"),
        ({"phone": "abc"}, "phone", "huruf"),
        ({"birth_date": date(2030, 1, 1), "nik": ""}, "birth_date", "belum terjadi"),
        ({"graduation_year": 1900, "nik": ""}, "graduation_year", "terlalu awal"),
        ({"address": "Jalan 日本"}, "address", "Latin"),
    ],
)
def test_wrong_answers_are_named_and_nothing_is_kept(agency, changes, field, words):
    with pytest.raises(ValidationError) as caught:
        register(**changes)
    assert words in " ".join(caught.value.message_dict[field])
    assert not JobSeeker.objects.exists()
    assert not WorkflowLog.objects.exists()


def test_no_message_repeats_the_nik(agency):
    wrong = make_nik("327702", date(2003, 8, 24), "F", 9001)
    with pytest.raises(ValidationError) as caught:
        register(nik=wrong)
    assert wrong not in str(caught.value)


def test_an_unverified_nik_may_be_claimed_twice_a_verified_one_is_unique(agency, officer):
    first, second = register(), register(full_name="Penipu")
    verify_nik(first, actor=officer, version=first.version)
    with pytest.raises(NikTaken):
        verify_nik(second, actor=officer, version=second.version)
    second.refresh_from_db()
    assert (second.nik_verified_at, second.version) == (None, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobSeeker.objects.filter(pk=second.pk).update(
            nik_verified_at=first.created_at, nik_verified_method="KTP_SEEN"
        )


def test_a_verified_nik_is_not_replaced_by_an_edit(agency, officer):
    person = register()
    person = verify_nik(person, actor=officer, version=person.version)
    other = make_nik("327701", date(2003, 8, 25), "F", 9555)
    with pytest.raises(NikTaken, match="sudah diverifikasi"):
        update_person(person, actor=officer, version=person.version, nik=other)
    assert JobSeeker.objects.get().read_nik() == NIK


def test_birth_date_must_go_on_agreeing_with_the_nik(agency):
    person = register()
    with pytest.raises(ValidationError, match="KTP"):
        update_person(person, actor=None, version=1, birth_date=date(2001, 1, 1))
    assert JobSeeker.objects.get().birth_date == date(2003, 8, 25)


def test_stale_edit_is_refused(agency):
    person = register()
    update_person(person, actor=None, version=1, phone="0812 0000 0001")
    with pytest.raises(StaleRecord):
        update_person(person, actor=None, version=1, phone="0812 0000 0002")
    assert JobSeeker.objects.get().phone == "+6281200000001"


def test_constraints_hold_whatever_the_code_does(agency):
    person = register()
    for wrong in (
        {"sex": "X"},
        {"nik_index": None},
        {"nik_verified_method": "KTP_SEEN"},
        {"merged_into": person},
        {"graduation_year": 1066},
        {"erased_at": person.created_at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            JobSeeker.objects.filter(pk=person.pk).update(**wrong)


def test_no_nik_in_clear_in_any_table(sent, officer):
    application = sent()
    nik = application.jobseeker.read_nik()
    kk = application.jobseeker.read_kk()
    applications.approve(application, actor=officer, version=application.version)
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    found = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    for secret in (nik, kk):
                        assert secret.encode() not in found, table
                        assert secret.encode("utf-16-le") not in found, table


class TestMerge:
    def test_records_follow_the_winner_and_the_loser_stays_as_a_tombstone(self, sent, officer, person_with):
        application = sent()
        card = applications.approve(application, actor=officer, version=application.version)
        loser = JobSeeker.objects.get()
        winner = person_with(phone="", nik=loser.read_nik())
        merged = merge_people(loser, into=winner, actor=officer, version=loser.version, reason="KTP sama")
        loser.refresh_from_db()
        assert (loser.merged_into, loser.user) == (winner, None)
        assert (merged.user, merged.phone) == (application.jobseeker.user, "+6281200000000")
        assert AK1Card.objects.get() == card
        assert AK1Card.objects.get().jobseeker == winner
        assert Episode.objects.get().jobseeker == winner
        assert AK1Application.objects.get().jobseeker == winner
        assert list(JobSeeker.objects.living()) == [winner]
        assert AuditEvent.objects.filter(kind="jobseekers.people_merged", object_uid=winner.uid).count() == 1
        with pytest.raises(Gone, match="digabung"):
            update_person(loser, actor=officer, version=loser.version, phone="0812 0000 0009")

    def test_two_cards_of_one_person_end_as_double(self, sent, officer, user_with, person_with):
        first, second = sent(), None
        applications.approve(first, actor=officer, version=first.version)
        second = sent(birth_date=date(2003, 8, 25), full_name="Rina  Lestari")
        applications.approve(second, actor=officer, version=second.version)
        loser, winner = first.jobseeker, second.jobseeker
        loser = JobSeeker.objects.get(pk=loser.pk)
        before = list(JobSeeker.objects.order_by("pk").values())
        with pytest.raises(CannotMerge, match="berbeda"):
            merge_people(loser, into=winner, actor=officer, version=loser.version, reason="x")
        assert list(JobSeeker.objects.order_by("pk").values()) == before
        JobSeeker.objects.filter(pk=loser.pk).update(
            nik_verified_at=None, nik_verified_by=None, nik_verified_method="", user=None
        )
        merge_people(loser, into=winner, actor=officer, version=loser.version, reason="Terdaftar dua kali")
        assert sorted(AK1Card.objects.values_list("state", "removal_reason")) == [
            ("ACTIVE", ""),
            ("REMOVED", "DOUBLE"),
        ]
        assert Episode.objects.open().count() == 1
        assert EpisodeEvent.objects.filter(kind="REMOVED", reason="DOUBLE").count() == 1

    def test_only_who_may(self, agency, user_with, person_with):
        loser, winner = person_with(), person_with()
        with pytest.raises(CannotMerge):
            merge_people(loser, into=winner, actor=user_with("TRAINING_OFFICER"), version=1, reason="x")
        with pytest.raises(CannotMerge, match="data yang sama"):
            merge_people(loser, into=loser, actor=user_with("PLACEMENT_OFFICER"), version=1, reason="x")
        assert JobSeeker.objects.living().count() == 2


class TestErase:
    def test_person_goes_counts_stay(self, sent, officer, user_with):
        pdp = user_with("PDP_OFFICER")
        application = sent()
        card = applications.approve(application, actor=officer, version=application.version)
        person = JobSeeker.objects.get()
        with pytest.raises(CannotErase, match="masih berlaku"):
            erase_person(person, actor=pdp, version=person.version, reason="Surat 1")
        card.refresh_from_db()
        cards.remove_from_register(
            card, actor=officer, version=card.version, reason="WITHDREW", comment="Atas permintaan"
        )
        with pytest.raises(CannotErase, match="pejabat"):
            erase_person(person, actor=officer, version=person.version, reason="Surat 1")
        erase_person(person, actor=pdp, version=person.version, reason="Surat 1")

        person.refresh_from_db()
        assert person.full_name == "(data dihapus)"
        assert (person.nik_sealed, person.kk_sealed, person.user, person.photo) == (None,) * 4
        assert (person.birth_date, person.sex) == (date(2003, 1, 1), "F")
        assert Episode.objects.get().birth_date == date(2003, 1, 1)
        for row in JobSeeker.history.all():
            assert "Rina" not in row.full_name
            assert row.nik_sealed is None
            assert row.phone == ""
        assert not StoredFile.objects.filter(kind="jobseekers.photo").exists()
        assert not WorkflowLog.objects.filter(actor_name__contains="Rina").exists()
        assert AK1Card.objects.count() == 1

    def test_an_open_application_keeps_the_data(self, sent, user_with):
        person = sent().jobseeker
        with pytest.raises(CannotErase, match="belum diputus"):
            erase_person(person, actor=user_with("PDP_OFFICER"), version=person.version, reason="Surat")
        assert JobSeeker.objects.living().count() == 1


def test_a_double_is_picked_from_the_likely_ones(person_with, officer, client_as):
    """No code has to be copied for who is listed as a likely double; anybody else is named by code."""
    keep, double = person_with(), person_with()
    stranger = person_with(full_name="Budi Lain", birth_date=date(1999, 1, 2), kk="3277020101209999")
    client, url = client_as(user=officer), reverse("jobseekers:person_merge", args=[double.uid])
    page = client.get(url).content.decode()
    assert f'value="{keep.uid}"' in page
    assert "nama dan tanggal lahir sama" in page
    assert str(stranger.uid) not in page
    data = {"reason": "KTP sama", "version": double.version}
    missing = client.post(url, data)
    assert missing.status_code == 422
    assert "Pilih orang yang datanya dipertahankan" in missing.content.decode()
    assert client.post(url, {**data, "pick": str(stranger.uid)}).status_code == 422
    assert client.post(url, {**data, "pick": str(keep.uid)}).status_code == 302
    double.refresh_from_db()
    assert double.merged_into == keep
    other = reverse("jobseekers:person_merge", args=[stranger.uid])
    assert "pick" not in client.get(other).context["form"].fields
