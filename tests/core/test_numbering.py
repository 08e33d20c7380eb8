"""Document numbers: no gap, no double, also when many write at once."""

import datetime as dt
import threading
import time

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from core.models.counter import Counter
from core.numbering import document_number, next_number, written


@pytest.mark.django_db
def test_each_series_and_year_counts_for_itself():
    assert [next_number("ak1", 2023) for _ in range(3)] == [1, 2, 3]
    assert next_number("ak1", 2024) == 1
    assert next_number("case", 2023) == 1
    assert next_number("ak1", 2023) == 4


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        next_number("ak1", 2023)
    assert not Counter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_gives_the_number_back():
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert next_number("ak1", 2023) == 1
            raise ZeroDivisionError
    with transaction.atomic():
        assert next_number("ak1", 2023) == 1


@pytest.mark.django_db(transaction=True)
def test_threads_get_each_number_once_and_leave_no_gap():
    """Real threads on the real database, a third of them rolling back."""
    committed, lock = [], threading.Lock()
    start = threading.Barrier(8)

    def work(worker):
        try:
            start.wait()
            for turn in range(15):
                try:
                    with transaction.atomic():
                        number = next_number("race", 2026)
                        time.sleep(0.0005)
                        if (worker + turn) % 3 == 0:
                            raise ZeroDivisionError
                    with lock:
                        committed.append(number)
                except ZeroDivisionError:
                    continue
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(committed) == 80
    assert sorted(committed) == list(range(1, 81))
    assert Counter.objects.get(series="race").last == 80


@given(st.integers(1, 10**6), st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_written_numbers_differ_when_the_number_does(n, on):
    pattern = "{region4}{dd}{mm}{yy}{n:06}"
    first, second = (written(pattern, number, on=on, region4="3277") for number in (n, n + 1))
    assert first != second
    assert first.startswith(f"3277{on:%d%m}{on.year % 100:02d}")
    assert int(first[10:]) == n


def test_parts_of_a_format():
    on = dt.date(2023, 8, 17)
    assert written("{n}/{roman}/{yyyy}", 12, on=on) == "12/VIII/2023"
    assert written("{n:04}-{kind}", 12, on=on, kind="PHK") == "0012-PHK"
    with pytest.raises(ValueError, match="no part"):
        written("{nik}{n}", 1, on=on)


@pytest.mark.django_db
def test_the_offices_own_format_wins(agency):
    on = dt.date(2023, 8, 17)
    default = "{region4}{dd}{mm}{yy}{n:06}"
    assert document_number("jobseekers.card", on=on, default=default) == "3277170823000001"
    agency.number_formats = {"jobseekers.card": "AK1/{yyyy}/{n:05}"}
    agency.save()
    assert document_number("jobseekers.card", on=on, default=default) == "AK1/2023/00002"


@pytest.mark.django_db
def test_a_broken_format_uses_up_no_number(agency):
    with pytest.raises(ValueError, match="no part"):
        document_number("case", on=dt.date(2023, 1, 1), default="{wrong}{n}")
    assert not Counter.objects.filter(series="case").exists()
