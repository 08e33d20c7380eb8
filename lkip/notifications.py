"""Reminders to those who answer for an indicator."""

from django.urls import reverse

from core import formats
from lkip.models import Indicator
from lkip.services import quarters
from messaging.services import notify


def remind(year: int, quarter: int, indicator: Indicator, user) -> None:
    """Ask for the note of a quarter, once an indicator and quarter."""
    roman = quarters.ROMAN[quarter]
    end = formats.date_long(quarters.last_day(year, quarter))
    notify(
        user,
        f"Catatan triwulan {roman} {year} ditunggu",
        f"{indicator.name}: tulis sebab dan tindak lanjut keadaan sampai {end}.",
        reverse("lkip:quarter_note", args=[year, quarter, indicator.code]),
        f"lkip-quarter:{year}-{quarter}:{indicator.code}",
    )


def remind_all(today) -> int:
    """Remind the owners of every indicator whose note is due and missing; return how many notices were asked for."""
    heads, planners = quarters.owners()
    count = 0
    for year, quarter in quarters.due_quarters(today):
        for indicator in quarters.waiting_indicators(year, quarter):
            for user in heads.get(indicator.section_id, planners):
                remind(year, quarter, indicator, user)
                count += 1
    return count
