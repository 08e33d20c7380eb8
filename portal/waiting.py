"""What waits for somebody: a chosen part of a list, with its count, its address and its oldest rows.

All three come from the table that the address opens, so the count on a home page equals the list behind it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from core import clock, tables
from core.calendar import add_working_days, working_days_between
from core.listing import ListPage, build_page
from core.models.agency import AgencyProfile
from core.policies import Policy
from core.selection import CHIP, SORT, Selection


class OldestFirst(Selection):
    """A selection in the order in which its rows began to wait."""

    def __init__(self, table: tables.Table, user: Any, params: dict[str, str], since: str) -> None:
        """`since` is the field that says from when a row waits."""
        super().__init__(table, user, params)
        self.since = since

    def queryset(self) -> QuerySet:
        """The chosen rows, the longest waiting first."""
        return super().queryset().order_by(self.since, "pk")


@dataclass(frozen=True)
class Waiting:
    """The part `chip` (and `params`) of the table `slug`, which stands at `url_name`.

    `since` is the record's date or moment from which it waits and `limit` the office's promise in working days;
    without them nothing is ever late.
    """

    slug: str
    url_name: str
    chip: str = ""
    params: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    since: str = ""
    limit: Policy | None = None

    def table(self, user: Any) -> tables.Table | None:
        """The table, when the installation has it and the user may read it."""
        cls = tables.registry.get(self.slug)
        if cls is None:
            return None
        shown = cls()
        return shown if shown.permission(user) else None

    def open_to(self, user: Any) -> bool:
        """Whether the user may open the list."""
        return bool(self.address) and self.table(user) is not None

    @property
    def address(self) -> str:
        """Where the list stands, or "" when the installation has no such page."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""

    def selection(self, user: Any) -> Selection | None:
        """The rows, or None when the user may not read them."""
        table = self.table(user)
        if table is None:
            return None
        chosen = {CHIP: self.chip, SORT: self.sort} | dict(self.params)
        params = {name: value for name, value in chosen.items() if value}
        return OldestFirst(table, user, params, self.since) if self.since else Selection(table, user, params)

    def queryset(self, user: Any) -> QuerySet | None:
        """The rows without their order, or None when the user may not read them."""
        table = self.table(user)
        if table is None:
            return None
        if self.params:
            return self.selection(user).queryset().order_by()
        rows = table.queryset(user)
        if self.chip:
            rows = rows.filter(next(chip for chip in table.chips if chip.key == self.chip).condition(user))
        return rows.order_by()

    def url(self) -> str:
        """The list, narrowed to exactly the rows that are counted."""
        chosen = [*self.params, (CHIP, self.chip), (SORT, self.sort)]
        query = urlencode([(name, value) for name, value in chosen if value])
        return f"{self.address}?{query}" if query and self.address else self.address

    def count(self, user: Any) -> int:
        """How many rows wait."""
        rows = self.queryset(user)
        return rows.count() if rows is not None else 0

    def late(self, user: Any) -> int:
        """How many of them wait longer than the office promises."""
        rows = self.queryset(user)
        if rows is None or self.limit is None:
            return 0
        return overdue(rows, self.since, self.limit).count()

    def page(self, user: Any, rows: int = 8) -> ListPage | None:
        """The first rows, dressed as on the list."""
        selection = self.selection(user)
        if selection is None:
            return None
        return build_page(selection.table, selection, rows)

    def age(self, record: Any) -> tuple[str, str]:
        """How long a record waits, and by how much that is too long, in words ("" when it is not)."""
        start = getattr(record, self.since, None) if self.since else None
        if start is None:
            return "", ""
        day = clock.local(start).date() if isinstance(start, dt.datetime) else start
        days = working_days_between(day, clock.today())
        allowed = promised(self.limit)
        words = "hari ini" if days <= 0 else f"{days} hari kerja"
        return words, f"lewat {days - allowed} hari kerja" if allowed and days > allowed else ""


def promised(limit: Policy | None) -> int:
    """The office's promise in working days; 0 when it made none."""
    return int(AgencyProfile.current().policy(limit.name)) if limit is not None else 0


def overdue(queryset: QuerySet, since: str, limit: Policy) -> QuerySet:
    """The rows whose promised working day has passed."""
    day, allowed = clock.today(), promised(limit)
    start = day
    while add_working_days(start, allowed).date >= day:
        start -= dt.timedelta(days=1)
    moment = queryset.model._meta.get_field(since).get_internal_type() == "DateTimeField"
    return queryset.filter(**{f"{since}__date__lte" if moment else f"{since}__lte": start})
