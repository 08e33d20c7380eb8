"""The legal terms that run in a case, with their date as it was calculated and the calendar it was calculated from."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from core import clock
from disputes import deadlines


class CaseDeadlineQuerySet(models.QuerySet):
    """Terms of cases. Written by the case's steps only, in their transaction."""

    def of(self, case) -> "CaseDeadlineQuerySet":
        """The terms of one case, by date."""
        return self.filter(case=case).order_by("due_on", "pk")

    def running(self, case) -> "CaseDeadlineQuerySet":
        """The terms of one case that still run."""
        return self.of(case).filter(met_on__isnull=True)

    def start(self, case, term: deadlines.Term, on: date) -> "CaseDeadline":
        """Let `term` run from `on`."""
        due = deadlines.due(term, on)
        return self.create(
            case=case,
            code=term.code,
            starts_on=on,
            due_on=due.date,
            provisional=due.provisional,
            calendar=due.calendar,
            article=term.article,
        )

    def meet(self, case, on: date, *terms: deadlines.Term) -> None:
        """End the running terms (all of them when none is named) with the event on `on`."""
        found = self.filter(case=case, met_on__isnull=True)
        if terms:
            found = found.filter(code__in=[term.code for term in terms])
        for row in found:
            row.met_on = max(on, row.starts_on)
            row.save(update_fields=["met_on"])

    def extend(self, case, term: deadlines.Term, pause: int) -> None:
        """Move the running `term` by the working days during which the clock stood still."""
        for row in self.filter(case=case, met_on__isnull=True, code=term.code):
            due = deadlines.due(term, row.starts_on, pause=pause)
            row.due_on, row.provisional, row.calendar, row.pause = (
                due.date,
                due.provisional,
                due.calendar,
                pause,
            )
            row.save(update_fields=["due_on", "provisional", "calendar", "pause"])


class CaseDeadline(models.Model):
    """One term of one case: from which day, until when, and when it was met."""

    case = models.ForeignKey(
        "disputes.DisputeCase", on_delete=models.CASCADE, related_name="deadlines", verbose_name="perkara"
    )
    code = models.CharField("tenggat", max_length=20)
    starts_on = models.DateField("mulai")
    due_on = models.DateField("batas")
    provisional = models.BooleanField("sementara", default=False)
    calendar = models.CharField("kalender", max_length=24, blank=True)
    pause = models.PositiveSmallIntegerField("hari kerja jeda", default=0)
    article = models.CharField("dasar", max_length=120)
    met_on = models.DateField("dipenuhi pada", null=True, blank=True)

    objects = CaseDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "tenggat perkara"
        verbose_name_plural = "tenggat perkara"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"],
                condition=Q(met_on__isnull=True),
                name="disputes_deadline_one_running",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="disputes_deadline_dates"),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(met_on__gte=F("starts_on")), name="disputes_deadline_met"
            ),
            models.CheckConstraint(
                condition=Q(code__in=sorted(deadlines.TERMS)), name="disputes_deadline_code"
            ),
        ]
        indexes = [models.Index(fields=["met_on", "due_on"], name="disputes_deadline_due")]

    def __str__(self) -> str:
        return f"{self.term.label}: {self.due_on:%d-%m-%Y}"

    @property
    def term(self) -> deadlines.Term:
        """The legal term behind the row."""
        return deadlines.TERMS[self.code]

    @property
    def late_by(self) -> int:
        """Working days by which the term was, or is being, missed; 0 when in time."""
        return max(0, -deadlines.days_left(self.due_on, self.met_on or clock.today()))
