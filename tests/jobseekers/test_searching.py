"""The search follows every write of people, applications and cards, and finds only what its reader may see."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from accounts.enums import Role
from core import clock, jobs, search
from core.bulk import Step, write
from core.models import SearchEntry, SearchKey
from core.models.job import Job, JobState
from core.personal import blind_index, make_nik
from core.reindexing import REINDEX, ask_after_update
from jobseekers.models import AK1Card, JobSeeker
from jobseekers.services import applications, erasure, merging, people

pytestmark = pytest.mark.django_db
PERSON, CARD, APPLICATION = "person", "card", "application"


def found(user, query, kind=PERSON):
    """Titles of the hits."""
    return [hit.title for hit in search.find(query, user, [kind])]


def approve(application, officer) -> AK1Card:
    """Issue the card."""
    return applications.approve(application, actor=officer, version=application.version)


def test_a_person_is_found_from_the_moment_of_writing(officer, person_with):
    person = person_with(full_name="Muhammad Yusuf")
    for query in ("Moh. Jusuf", "yusup muhamad", "M Yusuf", person.read_nik(), "0812-0000-0000"):
        assert found(officer, query) == ["Muhammad Yusuf"], query
    people.update_person(
        person, actor=officer, version=person.version, full_name="Muhammad Fajar", phone="081311112222"
    )
    assert found(officer, "jusuf") == []
    for query in ("0813-1111-2222", "+62 813 1111 2222", "08131111", "pajar"):
        assert found(officer, query) == ["Muhammad Fajar"], query
    assert found(officer, "0813 1111 2229") == [], "a wrong number resembles nothing"


def test_cards_and_applications_by_their_numbers(officer, sent):
    application = sent()
    card = approve(application, officer)
    assert len(card.number) == 16
    grouped = card.number_grouped
    for query in (card.number, grouped, grouped[:11], card.number[:9], card.number[10:]):
        assert found(officer, query, CARD) == [str(card)], query
    assert found(officer, card.number[:15] + "x", CARD) == []
    for query in (application.reference, application.reference.lower(), application.uid.hex[:8]):
        assert found(officer, query, APPLICATION) == [str(application)], query


def test_no_search_row_holds_a_nik_or_kk(officer, sent):
    card = approve(sent(), officer)
    kept = json.dumps(list(SearchEntry.objects.values_list("words", flat=True)))
    assert card.jobseeker.read_nik() not in kept
    assert card.jobseeker.read_kk() not in kept
    assert SearchKey.objects.filter(digest=card.jobseeker.nik_index).count() == 1


def test_merging_and_erasing_reach_the_search(officer, person_with, user_with):
    loser = person_with(full_name="Yuli Lama", birth_date=None)
    winner = person_with(full_name="Yuli Baru")
    merging.merge_people(loser, into=winner, actor=officer, version=loser.version, reason="Orang yang sama")
    assert found(officer, "yuli") == ["Yuli Baru"]
    nik = winner.read_nik()
    winner.refresh_from_db()
    guard = user_with(Role.PDP_OFFICER)
    erasure.erase_person(winner, actor=guard, version=winner.version, reason="Surat 1")
    assert found(officer, "yuli") == found(officer, nik) == []
    assert not SearchEntry.objects.filter(kind=PERSON).exists()
    assert not SearchKey.objects.filter(digest=blind_index(nik)).exists()


def test_a_refused_write_leaves_the_search_as_it_was(officer, person_with):
    person = person_with(full_name="Tetap Namanya")
    with pytest.raises(people.NikTaken):
        people.verify_nik(person, actor=officer, version=person.version)
        people.update_person(
            person, actor=officer, version=person.version + 1, full_name="Ganti Nama",
            nik=make_nik("327702", date(2003, 8, 25), "F", 9777),
        )  # fmt: skip
    assert found(officer, "tetap") == ["Tetap Namanya"]
    assert found(officer, "ganti") == []


def test_bulk_writing_feeds_the_search_too(officer, agency):
    step = [Step(clock.now(), "Impor")]
    write(JobSeeker, [(JobSeeker(full_name=f"Impor {name}", sex="F"), step) for name in ("Satu", "Dua")])
    assert sorted(found(officer, "impor")) == ["Impor Dua", "Impor Satu"]


@pytest.mark.parametrize("role", Role.values)
def test_every_role_finds_what_it_may_open(role, agency, client_as, sent, officer):
    card = approve(sent(full_name="Rahasia Nama"), officer)
    client = client_as(role)
    lists = {PERSON: "person_list", CARD: "card_list", APPLICATION: "application_list"}
    for kind, query in (
        (PERSON, "rahasia"),
        (CARD, card.number[:10]),
        (APPLICATION, card.application.reference),
    ):
        allowed = client.get(reverse(f"jobseekers:{lists[kind]}")).status_code == 200
        assert bool(search.find(query, client.user, [kind])) == allowed, (role, kind)


def test_a_holder_finds_only_their_own(sent, officer):
    mine, other = approve(sent(full_name="Dewi Satu"), officer), approve(sent(full_name="Dewi Dua"), officer)
    assert found(mine.jobseeker.user, "dewi") == ["Dewi Satu"]
    assert found(mine.jobseeker.user, other.number, CARD) == []


def test_crowded_out_by_what_is_not_yours(sent, officer, monkeypatch):
    monkeypatch.setattr(search, "POOL", 2)
    for name in ("Dua", "Tiga", "Empat", "Lima"):
        sent(full_name=f"Dewi {name}")
    own = sent(full_name="Dewi Zaitun")
    assert found(own.jobseeker.user, "dewi") == ["Dewi Zaitun"]


class TestLists:
    """The lists' search box goes the same way."""

    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("person_list", "m. jusuf"),
            ("card_list", "yusup"),
            ("application_list", "Jusuf Mochamad"),
        ],
    )
    def test_by_name_in_another_spelling(self, client_as, sent, officer, name, query):
        approve(sent(full_name="Muhammad Yusuf"), officer)
        approve(sent(full_name="Siti Aminah"), officer)
        page = (
            client_as(Role.PLACEMENT_OFFICER).get(reverse(f"jobseekers:{name}"), {"q": query}).context["page"]
        )
        assert page.count == len(page.rows) == 1
        assert not page.near

    def test_a_misspelt_name_brings_the_nearest_and_says_so(self, client_as, person_with):
        person_with(full_name="Kurniawati")
        person_with(full_name="Kartika")
        client = client_as(Role.PLACEMENT_OFFICER)
        response = client.get(reverse("jobseekers:person_list"), {"q": "kurniawoti"})
        assert [row.record.full_name for row in response.context["page"].rows] == ["Kurniawati"]
        assert "ejaannya mirip" in response.content.decode()
        csv = client.get(reverse("jobseekers:person_list"), {"q": "kurniawoti", "format": "csv"})
        assert b"Kurniawati" in b"".join(csv)
        response = client.get(reverse("jobseekers:person_list"), {"q": "kurniawati"})
        assert "ejaannya mirip" not in response.content.decode()

    @pytest.mark.parametrize("name", ["person_list", "card_list", "application_list"])
    def test_a_nik_never_stands_in_an_address(self, client_as, sent, officer, name):
        card = approve(sent(), officer)
        nik = card.jobseeker.read_nik()
        client = client_as(Role.PLACEMENT_OFFICER)
        address = reverse(f"jobseekers:{name}")
        assert client.get(address).context["page"].form_method == "post"
        response = client.post(address, {"q": nik})
        assert nik not in response.url
        assert client.get(response.url).context["page"].count == 1

    def test_as_many_queries_for_three_as_for_one(self, client_as, person_with, django_assert_num_queries):
        client = client_as(Role.PLACEMENT_OFFICER)
        address = reverse("jobseekers:person_list")
        person_with(full_name="Dewi Anggur")
        client.get(address)
        with connection.execute_wrapper(counter := Counter()):
            client.get(address, {"q": "dewi"})
        for fruit in ("Jeruk", "Apel"):
            person_with(full_name=f"Dewi {fruit}")
        with django_assert_num_queries(counter.count):
            client.get(address, {"q": "dewi"})


class Counter:
    """Counts statements."""

    count = 0

    def __call__(self, execute, sql, params, many, context):
        """One more."""
        self.count += 1
        return execute(sql, params, many, context)


class TestReindexing:
    """Old databases, and what was lost."""

    def test_it_mends_what_is_missing_wrong_or_left_over(self, officer, sent):
        card = approve(sent(full_name="Muhammad Yusuf"), officer)
        SearchEntry.objects.filter(kind=CARD).delete()
        SearchEntry.objects.filter(kind=PERSON).update(words="salah")
        SearchEntry.objects.create(kind=PERSON, uid=officer.uid, words="tersisa")
        out = StringIO()
        call_command("reindex_search", stdout=out)
        assert "Pencari kerja: 1 diperiksa, 2 ditulis ulang." in out.getvalue()
        assert found(officer, "yusuf") == ["Muhammad Yusuf"]
        assert found(officer, card.number, CARD) == [str(card)]
        assert found(officer, "tersisa") == []
        out = StringIO()
        call_command("reindex_search", PERSON, stdout=out)
        assert out.getvalue() == "Pencari kerja: 1 diperiksa, 0 ditulis ulang.\n"

    def test_an_updated_installation_asks_for_it_once(self, officer, sent):
        approve(sent(), officer)
        SearchEntry.objects.all().delete()
        for _ in range(2):
            ask_after_update(using="default")
        assert Job.objects.filter(kind=REINDEX).count() == 3
        jobs.work_off()
        assert set(Job.objects.filter(kind=REINDEX).values_list("state", flat=True)) == {JobState.DONE}
        assert SearchEntry.objects.count() == 3

    def test_an_empty_installation_asks_for_nothing(self, db):
        ask_after_update(using="default")
        assert not Job.objects.filter(kind=REINDEX).exists()
