"""Reads that span models: recap by place, education, sex and age; what stands beside a file."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from core import clock
from jobseekers.enums import AGE_GROUP_STARTS, AgeGroup, Sex
from jobseekers.measures import COUNTED_KINDS
from jobseekers.models import AK1Application, AK1Card, Episode, JobSeeker
from jobseekers.validators import born_on_or_before

_BANDS = tuple(group for _, group in reversed(AGE_GROUP_STARTS))
_STARTS = tuple(start for start, _ in reversed(AGE_GROUP_STARTS))
NOT_FILLED = "-"
"""Stands in filters and tables for "not filled in"."""


def age_condition(group: str, day: date, path: str = "birth_date") -> Q:
    """The people who are in the age group on `day`; NOT_FILLED for those without a birth date.

    By cut-off dates, so that an index on the birth date serves and both databases agree with `validators.age_on`.
    """
    if group == NOT_FILLED:
        return Q(**{f"{path}__isnull": True})
    starts = {band: start for start, band in AGE_GROUP_STARTS}
    start = starts[AgeGroup(group)]
    older = [other for other in starts.values() if other > start]
    condition = (
        Q(**{f"{path}__lte": born_on_or_before(day, start)}) if start else Q(**{f"{path}__isnull": False})
    )
    if older:
        condition &= Q(**{f"{path}__gt": born_on_or_before(day, min(older))})
    return condition


class CubeCell(NamedTuple):
    """How many rows have this kelurahan, education, sex and age group; None or NOT_FILLED where nothing is said."""

    village: str | None
    education: str | None
    sex: str
    age_group: str
    count: int
    origin: str = ""


def recap_cube(
    rows: QuerySet | None = None, *, prefix: str = "", origin: str = "", on: date | None = None
) -> list[CubeCell]:
    """Count `rows` (all living people) by kelurahan × education × sex × age group on a day, in one statement.

    Grouped by the first three only, which the covering index gives in order, so nothing is sorted or hashed by age: the
    statement counts who is younger than each group's first age, and the groups are the differences. `prefix` leads to
    the person ("jobseeker__"), `origin` to where the application was filled in, when the cells are split by it too.
    """
    day = on or clock.today()
    rows = JobSeeker.objects.living() if rows is None else rows
    birth = f"{prefix}birth_date"
    younger = {
        f"under_{start}": Count(birth, filter=Q(**{f"{birth}__gt": born_on_or_before(day, start)}))
        for start in _STARTS[1:]
    }
    keys = [f"{prefix}village_id", f"{prefix}education_id", f"{prefix}sex", *([origin] if origin else [])]
    found = rows.order_by().values_list(*keys).annotate(total=Count("*"), known=Count(birth), **younger)
    cells = []
    for village, education, sex, *rest in found:
        place = rest.pop(0) if origin else ""
        total, known, *bounds = rest
        before = 0
        for band, until in zip(_BANDS, [*bounds, known], strict=True):
            if until > before:
                cells.append(CubeCell(village, education, sex, band, until - before, place))
                before = until
        if total > known:
            cells.append(CubeCell(village, education, sex, NOT_FILLED, total - known, place))
    return cells


def counted_cards(start: date, end: date) -> QuerySet:
    """The cards that the measure jobseekers.ak1_cards counts in a span of days."""
    return AK1Card.objects.filter(kind__in=COUNTED_KINDS, issued_on__range=(start, end))


def sent_applications(span: tuple[date, date] | None, state: str = "") -> QuerySet:
    """The applications that were sent, on the days of `span` when given, and are in `state` now when given."""
    rows = AK1Application.objects.filter(submitted_at__isnull=False)
    if span is not None:
        rows = rows.filter(submitted_at__date__gte=span[0], submitted_at__date__lte=span[1])
    return rows.filter(state=state) if state else rows


def queue_position(application: AK1Application) -> tuple[int, int]:
    """Return (place of the file in the queue from 1, length of the queue); place 0 when it does not wait."""
    waiting = AK1Application.objects.waiting().order_by()
    if application.submitted_at is None:
        return 0, waiting.count()
    before = Q(submitted_at__lt=application.submitted_at) | Q(
        submitted_at=application.submitted_at, pk__lte=application.pk
    )
    counts = waiting.aggregate(all=Count("pk"), before=Count("pk", filter=before))
    waits = application.state == "SUBMITTED"
    return (counts["before"] if waits else 0), counts["all"]


def neighbours(application: AK1Application) -> tuple[AK1Application | None, AK1Application | None]:
    """Return the waiting files before and after this one, in the order of the queue."""
    at, pk = application.submitted_at, application.pk
    if at is None:
        return None, None
    waiting = AK1Application.objects.waiting()
    before = waiting.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=pk)).reverse().first()
    after = waiting.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=pk)).first()
    return before, after


def current_card(person: JobSeeker) -> AK1Card | None:
    """Return the person's card that has not ended."""
    return AK1Card.objects.active().filter(jobseeker=person).first()


def ended_card(person: JobSeeker) -> AK1Card | None:
    """Return the card that the person held last, when none holds now."""
    last = AK1Card.objects.filter(jobseeker=person).order_by("-issued_on", "-pk").first()
    return last if last is not None and last.ended_on is not None else None


def running_episode(person: JobSeeker) -> Episode | None:
    """Return the person's running episode."""
    return Episode.objects.open().filter(jobseeker=person).first()


SEX_LABELS = dict(Sex.choices)
AGE_LABELS = {**dict(AgeGroup.choices), NOT_FILLED: "Tidak diisi"}
