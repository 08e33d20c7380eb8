"""What day it is, for everybody the same."""

import datetime as dt
import threading

import pytest

from core import clock
from core.models.agency import AgencyProfile
from core.models.reference import Region


def test_now_is_aware_and_in_western_indonesian_time():
    now = clock.now()
    assert now.utcoffset() == dt.timedelta(hours=7)
    assert abs(now - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_frozen_holds_a_day_at_nine_or_a_moment_and_lets_go():
    with clock.frozen(dt.date(2023, 8, 17)):
        assert clock.today() == dt.date(2023, 8, 17)
        assert clock.now() == dt.datetime(2023, 8, 17, 9, 0, tzinfo=clock.ZONE)
        with clock.frozen(dt.datetime(2024, 1, 1, 23, 30, tzinfo=dt.UTC)):
            assert clock.today() == dt.date(2024, 1, 2)
        assert clock.today() == dt.date(2023, 8, 17)
    assert abs(clock.now() - clock.machine_now()) < dt.timedelta(seconds=5)


def test_frozen_does_not_reach_into_other_threads():
    seen = []
    with clock.frozen(dt.date(2001, 1, 1)):
        thread = threading.Thread(target=lambda: seen.append(clock.today()))
        thread.start()
        thread.join()
    assert seen[0] != dt.date(2001, 1, 1)


def test_local_reads_a_naive_moment_as_wib():
    assert clock.local(dt.datetime(2023, 1, 1, 7, 0)).utcoffset() == dt.timedelta(hours=7)


@pytest.mark.django_db
def test_the_demo_runs_on_its_day_in_demo_mode_only(settings):
    region = Region.objects.create(code="32", name="Jawa Barat", level="PROVINCE")
    profile = AgencyProfile(code="uji", name="Dinas", government="Kota", region=region)
    profile.demo_date = dt.date(2023, 12, 29)
    profile.save()
    settings.DEMO_MODE = False
    assert clock.today() == clock.machine_now().date()
    settings.DEMO_MODE = True
    assert clock.today() == dt.date(2023, 12, 29)
    assert clock.now().hour == clock.machine_now().hour
    profile.demo_date = None
    profile.save()
    assert clock.today() == clock.machine_now().date()
