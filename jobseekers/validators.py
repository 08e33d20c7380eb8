"""Pure rules about dates and ages, shared by services, forms and imports."""

import calendar
import re
from datetime import date, timedelta

from core.personal import age_on
from jobseekers.enums import AGE_GROUP_STARTS, AgeGroup

REPORT_MONTHS = (6, 12, 18)
"""A holder without work reports this many months after issue (text of the AK/I card)."""

_PHONE = re.compile(r"\+62[0-9]{8,12}")


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the month's last day where there is no such day (31 Aug + 6 = 28/29 Feb)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_valid_day(issued_on: date, months: int) -> date:
    """Return the last day on which a card issued on `issued_on` holds, `months` long.

    The day before the anniversary; where the anniversary does not exist (issued on 29 February), the month's last day.
    """
    anniversary = add_months(issued_on, months)
    return anniversary - timedelta(days=1) if anniversary.day == issued_on.day else anniversary


def report_days(issued_on: date) -> tuple[date, ...]:
    """Return the three days on which the holder should report."""
    return tuple(add_months(issued_on, months) for months in REPORT_MONTHS)


def age_group(birth_date: date, day: date) -> AgeGroup:
    """Return the IPK age group on `day`."""
    age = age_on(birth_date, day)
    return next(group for start, group in AGE_GROUP_STARTS if age >= start or start == 0)


def normalise_phone(text: str) -> str:
    """Return an Indonesian phone number as +62…; empty stays empty.

    Raises ValueError with an Indonesian message when the digits can't be one.
    """
    digits = re.sub(r"[^0-9+]", "", text)
    if not digits:
        if text.strip():
            raise ValueError("Nomor telepon berisi huruf. Tulis angka saja, misalnya 0812 3456 7890.")
        return ""
    if digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith("62"):
        digits = "+" + digits
    if not _PHONE.fullmatch(digits):
        raise ValueError("Nomor telepon harus 9–13 angka dan diawali 0 atau +62, misalnya 0812 3456 7890.")
    return digits
