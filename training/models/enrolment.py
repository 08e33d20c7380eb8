"""Enrolments: one person in one cohort."""

from datetime import date

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from core import clock, formats
from core.errors import Refused
from core.models.base import Record, RecordQuerySet, StateField
from core.workflow import WrongState, governed
from jobseekers.models import JobSeeker
from training import permissions, validators, workflows
from training.enums import SEATED, AssessmentResult, CohortState, EnrolmentState
from training.models.cohort import TrainingCohort


class EnrolmentQuerySet(RecordQuerySet):
    """Enrolments."""

    def visible_to(self, user) -> "EnrolmentQuerySet":
        """Staff who handle participants see all, an LPK's operator those of the own cohorts, a person the own ones."""
        if permissions.has_role(user, *permissions.TRAINEE_READERS):
            return self
        if not (user and user.is_authenticated):
            return self.none()
        return self.filter(
            Q(cohort__provider__institution__in=permissions.own_providers(user)) | Q(jobseeker__user=user)
        )

    def seated(self) -> "EnrolmentQuerySet":
        """Enrolments that take a seat of the quota."""
        return self.filter(state__in=SEATED)


@governed(workflows.ENROLMENT)
class Enrolment(FSMModelMixin, Record):
    """One person in one cohort, from the application to the result. A person is in a cohort at most once."""

    cohort = models.ForeignKey(
        TrainingCohort, on_delete=models.PROTECT, related_name="enrolments", verbose_name="angkatan"
    )
    jobseeker = models.ForeignKey(
        JobSeeker, on_delete=models.PROTECT, related_name="enrolments", verbose_name="peserta"
    )
    state = StateField(
        "keadaan",
        max_length=12,
        choices=EnrolmentState.choices,
        default=EnrolmentState.APPLIED,
    )
    result = models.CharField(
        "hasil", max_length=12, choices=AssessmentResult.choices, default=AssessmentResult.NONE
    )
    assessed_on = models.DateField("dinilai pada", null=True, blank=True)

    history = HistoricalRecords()
    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta pelatihan"
        verbose_name_plural = "peserta pelatihan"
        ordering = ["cohort", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "jobseeker"], name="training_enrolment_once"),
            models.CheckConstraint(
                condition=Q(state__in=EnrolmentState.values), name="training_enrolment_state"
            ),
            models.CheckConstraint(
                condition=Q(result=AssessmentResult.NONE, assessed_on__isnull=True)
                | Q(
                    result__in=(AssessmentResult.COMPETENT, AssessmentResult.NOT_YET),
                    assessed_on__isnull=False,
                    state=EnrolmentState.COMPLETED,
                ),
                name="training_enrolment_result",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state", "result"], name="training_enrolment_counted")]

    def __str__(self) -> str:
        return f"{self.jobseeker} – {self.cohort}"

    def on_accept(self, *, actor) -> None:
        """Take a seat, if one is free. The cohort's row is locked, so that two officers can't share the last seat."""
        cohort = TrainingCohort.objects.select_for_update(of=("self",)).get(pk=self.cohort_id)
        if cohort.state in (CohortState.FINISHED, CohortState.CANCELLED):
            raise WrongState(
                f"Angkatan ini sudah {cohort.get_state_display().lower()}; peserta tidak bisa ditambah."
            )
        problem = validators.quota_problem(cohort.enrolments.seated().count(), cohort.quota)
        if problem:
            raise Refused(problem)

    def on_attend(self, *, actor) -> None:
        """Attendance starts when the cohort does."""
        if self.cohort.state not in (CohortState.RUNNING, CohortState.FINISHED):
            raise WrongState("Kehadiran baru bisa dicatat setelah pelatihan dimulai.")

    def on_complete(self, *, actor, result: str, assessed_on: date | None = None) -> None:
        """Record the end of the training with its result; not before the cohort's last day."""
        if clock.today() < self.cohort.ends_on:
            raise WrongState(
                f"Pelatihan ini selesai pada {formats.date_long(self.cohort.ends_on)}; hasilnya dicatat mulai hari itu."
            )
        self._set_result(result, assessed_on)

    def on_amend_result(self, *, actor, result: str, assessed_on: date | None = None) -> None:
        """Correct a result; a certificate keeps it."""
        if result != AssessmentResult.COMPETENT and self.certificates.exists():
            raise Refused(
                "Peserta ini sudah memegang sertifikat, jadi hasilnya tetap “Kompeten”.", field="result"
            )
        self._set_result(result, assessed_on)

    def _set_result(self, result: str, assessed_on: date | None) -> None:
        problem = validators.assessment_problem(result, assessed_on, self.cohort.starts_on, clock.today())
        if problem:
            raise Refused(problem, field="assessed_on")
        self.result = result
        self.assessed_on = assessed_on
