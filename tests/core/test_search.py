"""One search: the same records on both databases, only the reader's own, NIK by blind index alone."""

import threading
import uuid

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock, search
from core.models import Job, SearchEntry, SearchKey
from core.personal import blind_index, make_nik
from core.search import find, index, index_many, remove
from core.search_index import ensure
from core.spelling import normal

pytestmark = pytest.mark.django_db
PEOPLE = [
    "Agus Setiawan",
    "Agus Salim",
    "Siti Nurhaliza",
    "Siti Nur'aini",
    "Muhammad Rizky",
    "Setiawan Djody",
    "José Ramos Horta",
    "R. A. Kartini",
]


class Reader:
    def __init__(self, owner="all"):
        self.owner = owner


@pytest.fixture
def people(monkeypatch):
    monkeypatch.setattr(search, "_kinds", {})
    search.register_kind(
        "orang",
        "Pencari kerja",
        rows=lambda user: (
            Job.objects.filter(kind="uji") if user.owner == "all" else Job.objects.filter(key=user.owner)
        ),
        show=lambda job: (job.key, "", f"/orang/{job.uid}/"),
    )
    now = clock.machine_now()
    rows = {}
    for name in PEOPLE:
        rows[name] = Job.objects.create(kind="uji", key=name, not_before=now, created_at=now)
        index("orang", rows[name].uid, words=[name])
    return rows


def names(query, user=None, **options):
    return [hit.title for hit in find(query, user or Reader(), **options)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("agus", ["Agus Salim", "Agus Setiawan"]),
        ("AGUS setia", ["Agus Setiawan"]),
        ("setiawan", ["Agus Setiawan", "Setiawan Djody"]),
        ("tiawa", ["Agus Setiawan", "Setiawan Djody"]),
        ("jose", ["José Ramos Horta"]),
        ("nur aini", ["Siti Nur'aini"]),
        ("a kartini", ["R. A. Kartini"]),
        ("setyawan", ["Agus Setiawan", "Setiawan Djody"]),
        ("Muhamad Rizki", ["Muhammad Rizky"]),
        ("nurhalisa", ["Siti Nurhaliza"]),
        ("setiawn", ["Agus Setiawan", "Setiawan Djody"]),
        ("Moh. Riski", ["Muhammad Rizky"]),
        ("M Rizqi", ["Muhammad Rizky"]),
        ("Sitti Noerhalisa", ["Siti Nurhaliza"]),
        ("joko", []),
        ("salim agus", ["Agus Salim"]),
        ("Jody", ["Setiawan Djody"]),
        ("zzzz", []),
        ("ag", []),
        ("", []),
        ("'; DROP TABLE x; --", []),
        ('"agus" OR "siti"', []),
        ("%%%", []),
        ("agus*", ["Agus Salim", "Agus Setiawan"]),
    ],
)
def test_same_answers_on_both_databases(people, query, expected):
    assert sorted(names(query)) == expected


def test_resembling_spellings_are_marked_as_such(people):
    assert [hit.near for hit in find("setiawan djody", Reader())] == [False]
    assert {hit.near for hit in find("setyawan", Reader())} == {False}, "another spelling of the same sounds"
    assert {hit.near for hit in find("setiawen", Reader())} == {True}


def test_whole_words_come_before_beginnings_and_beginnings_before_parts(people):
    now = clock.machine_now()
    for name in ("Agustina Dewi", "Bagus Prakoso"):
        extra = Job.objects.create(kind="uji", key=name, not_before=now, created_at=now)
        index("orang", extra.uid, words=[name])
    assert names("agus") == ["Agus Salim", "Agus Setiawan", "Agustina Dewi"]
    assert names("bagu") == ["Bagus Prakoso"]
    assert names("agust prak") == []
    assert names("agusti") == ["Agustina Dewi"]
    assert names("rakos") == ["Bagus Prakoso"]


def test_what_is_not_yours_is_not_found(people):
    assert names("agus", Reader("Agus Salim")) == ["Agus Salim"]
    assert names("siti", Reader("Agus Salim")) == []


def test_nik_is_found_whole_by_its_blind_index_and_never_stored(people):
    nik = make_nik("327701", clock.today().replace(year=1990, month=1, day=1), "M", 9001)
    row = people["Agus Salim"]
    index("orang", row.uid, words=["Agus Salim"], exact_indexes=[blind_index(nik), None])
    spaced = f"{nik[:6]} {nik[6:12]}-{nik[12:]}"
    assert names(nik) == names(spaced) == ["Agus Salim"]
    assert names(nik[:15]) == []
    assert names(nik, Reader("Siti Nurhaliza")) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM core_searchentry")
        assert nik not in str(cursor.fetchall())
    with pytest.raises(ValueError, match="never into words"):
        index("orang", row.uid, words=["Agus", spaced])


def test_writing_anew_replaces_words_and_keys(people):
    row = people["Agus Salim"]
    index("orang", row.uid, words=["Agus Salim"], exact_indexes=[b"1" * 32, b"2" * 32])
    index("orang", row.uid, words=["Haji Salim"], exact_indexes=[b"2" * 32])
    assert names("agus salim") == []
    assert names("haji") == ["Agus Salim"]
    assert [bytes(key.digest) for key in SearchKey.objects.all()] == [b"2" * 32]


def test_erasure_removes_every_trace(people):
    row = people["Siti Nurhaliza"]
    index("orang", row.uid, words=["Siti Nurhaliza"], exact_indexes=[b"1" * 32])
    remove("orang", row.uid)
    assert names("nurhaliza") == []
    assert not SearchKey.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM core_search_fts WHERE words MATCH '\"nurhaliza\"'")
            assert cursor.fetchone() == (0,)


def test_loaders_write_many_at_once(people):
    rows = [(uuid.uuid4(), [f"Orang Ke {number}"], [bytes([number]) * 32]) for number in range(50)]
    assert index_many("lain", rows) == 50
    assert SearchEntry.objects.filter(kind="lain").count() == SearchKey.objects.count() == 50


def test_kinds_limit_and_order(people):
    assert names("agus", kinds=["orang"], limit=1) == ["Agus Salim"]


def test_index_serves_the_words(people):
    query = SearchEntry.objects.filter(words__contains="setiawan")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            assert "core_search_words" in query.explain()
        else:
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT rowid FROM core_search_fts WHERE words MATCH '\"setiawan\"'"
            )
            assert "VIRTUAL TABLE" in str(cursor.fetchall())


def test_names_are_not_looked_for_among_numbers(people, django_assert_num_queries):
    search.register_kind(
        "kartu", "Kartu", rows=lambda user: Job.objects.none(), show=lambda job: ("", "", ""), numbers=True
    )
    assert names("agus") == ["Agus Salim", "Agus Setiawan"]
    with django_assert_num_queries(0):
        assert find("Wabutianto", Reader(), ["kartu"]) == []
        assert not search.narrow(Job.objects.all(), "Wabutianto", {"kartu": "uid"})[0]
    with django_assert_num_queries(1):
        find("3277 05", Reader(), ["kartu"])


def _known() -> list[str]:
    """PostgreSQL's list of all words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM core_search_word ORDER BY word")
        return [word for (word,) in cursor.fetchall()]


@pytest.fixture
def no_words_yet():
    """The list without what other tests left behind, whose tables were emptied in one stroke."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_search_word")


@pytest.mark.postgres
def test_list_of_words_follows_the_entries(no_words_yet, people):
    assert {"agus", "setiawan", "horta", "r"} < set(_known())
    index("orang", people["José Ramos Horta"].uid, words=["Josep Horta 0812345"])
    assert ("ramos" in _known(), "iosep" in _known(), "0812345" in _known()) == (False, True, False)
    remove("orang", people["Agus Salim"].uid)
    assert ("salim" in _known(), "agus" in _known()) == (False, True), "another Agus is left"
    SearchEntry.objects.all().delete()
    assert _known() == []
    SearchEntry.objects.bulk_create(
        SearchEntry(kind="orang", uid=uuid.uuid4(), words=words) for words in ("satu dua", "dua tiga")
    )
    assert _known() == ["dua", "satu", "tiga"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_new_name_do_not_wait_for_each_other(no_words_yet):
    first, second = threading.Event(), threading.Event()
    done = []

    def add(mine: threading.Event, other: threading.Event) -> None:
        try:
            with transaction.atomic():
                index("orang", uuid.uuid4(), words=["Wabutianto"])
                mine.set()
                done.append(other.wait(10))
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert done == [True, True]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE core_search_word")
    ensure(using="default")  # an older installation gets its list
    assert _known() == ["wabutianto"]
    SearchEntry.objects.all().delete()
    assert _known() == []


def test_ensuring_twice_changes_nothing(people):
    ensure(using="default")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER core_search_added")
        ensure(using="default")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'core_search_added'")
            assert cursor.fetchone() == (1,)
    assert names("kartini") == ["R. A. Kartini"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_no_query_breaks_the_search(people, query):
    find(query, Reader())


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_normal_words_are_plain(text):
    assert normal(normal(text)) == normal(text)
    assert all(letter in "0123456789abcdefghijklmnopqrstuvwxyz " for letter in normal(text))
