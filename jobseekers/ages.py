"""How long a file waits, in the office's own time."""

import datetime as dt
from dataclasses import dataclass

from core import clock
from core.calendar import is_working_day, working_days_between
from core.models.agency import AgencyProfile
from core.officehours import OfficeHours, age_words, working_minutes
from jobseekers.policies import OFFICE_CLOSES, OFFICE_OPENS, SERVICE_DAYS


@dataclass(frozen=True)
class Age:
    """How long something waits: `words`, and `late` in words ("" while the office keeps its promise)."""

    words: str = ""
    late: str = ""


def office_hours() -> OfficeHours:
    """Return the opening hours that the office has set."""
    agency = AgencyProfile.current()
    return OfficeHours(agency.policy(OFFICE_OPENS.name), agency.policy(OFFICE_CLOSES.name))


def age_of(since: dt.datetime | None) -> Age:
    """Return how long something waits since a moment; empty when it does not."""
    if since is None:
        return Age()
    now, hours = clock.now(), office_hours()
    days = working_days_between(clock.local(since).date(), now.date())
    minutes = working_minutes(since, now, hours=hours, works=is_working_day)
    over = days - AgencyProfile.current().policy(SERVICE_DAYS.name)
    return Age(age_words(minutes, hours=hours, days=days), f"lewat {over} hari kerja" if over > 0 else "")


def late_before() -> dt.datetime:
    """Return the moment before which whatever still waits is over the promised working days."""
    today, allowed = clock.today(), AgencyProfile.current().policy(SERVICE_DAYS.name)
    day = today
    while working_days_between(day, today) <= allowed:
        day -= dt.timedelta(days=1)
    return clock.at(day + dt.timedelta(days=1), 0)
