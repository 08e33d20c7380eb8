"""A dispute case, from registration to its end."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from core import clock
from core.models.base import Record, RecordQuerySet, StateField
from core.workflow import governed
from disputes import permissions, validators, workflows
from disputes.enums import SETTLED, DisputeKind, DisputeState, HandedTo, Outcome, PartyKind
from disputes.models.constraints import CASE_CONSTRAINTS
from disputes.models.deadline import CaseDeadline
from disputes.models.steps import CaseSteps
from employers.models import Company


class DisputeCaseQuerySet(RecordQuerySet):
    """Cases."""

    def visible_to(self, user) -> "DisputeCaseQuerySet":
        """The head of section sees all cases; a mediator the own ones and those without a mediator; nobody else any.

        The office's policy may open all cases to all mediators.
        """
        if not permissions.can_read_cases(user):
            return self.none()
        if permissions.sees_all_cases(user):
            return self
        return self.filter(Q(mediator=user) | Q(mediator__isnull=True))

    def open(self) -> "DisputeCaseQuerySet":
        """Cases that are not closed."""
        return self.exclude(state=DisputeState.CLOSED)

    def settled(self) -> "DisputeCaseQuerySet":
        """Cases that the office settled; handed over and lapsed ones are closed, not settled."""
        return self.filter(state=DisputeState.CLOSED, outcome__in=SETTLED)

    def with_next_deadline(self) -> "DisputeCaseQuerySet":
        """Each row with ``due_on`` and ``due_code`` of its nearest running term (both None when none runs)."""
        running = CaseDeadline.objects.filter(case=OuterRef("pk"), met_on__isnull=True).order_by(
            "due_on", "pk"
        )
        return self.annotate(
            due_on=Subquery(running.values("due_on")[:1]), due_code=Subquery(running.values("code")[:1])
        )


class DisputeCase(FSMModelMixin, CaseSteps, Record):
    """One registered dispute.

    Dates follow the law's order (see validators.DATE_ORDER). `settled_on` is the day of closing, whatever the outcome;
    `SETTLED` says which outcomes count as settled. Contents are confidential: see `visible_to`.
    """

    number = models.CharField("nomor perkara", max_length=40, unique=True)
    kind = models.CharField("jenis perselisihan", max_length=16, choices=DisputeKind.choices)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="disputes", verbose_name="perusahaan"
    )
    applicant_kind = models.CharField(
        "pemohon adalah", max_length=12, choices=PartyKind.choices, default=PartyKind.WORKER
    )
    applicant = models.CharField("pemohon", max_length=200)
    respondent = models.CharField("termohon", max_length=200)
    workers_male = models.PositiveIntegerField("pekerja laki-laki", default=0)
    workers_female = models.PositiveIntegerField("pekerja perempuan", default=0)
    summary = models.TextField("pokok masalah", blank=True)
    mediator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="mediated_cases",
        null=True,
        blank=True,
        verbose_name="mediator",
    )
    bipartite_from = models.DateField("perundingan bipartit mulai", null=True, blank=True)
    received_on = models.DateField("permohonan diterima")
    registered_on = models.DateField("dicatat pada")
    returned_on = models.DateField("berkas dikembalikan pada", null=True, blank=True)
    offered_on = models.DateField("ditawarkan pada", null=True, blank=True)
    assigned_on = models.DateField("dilimpahkan pada", null=True, blank=True)
    clarified_on = models.DateField("klarifikasi pada", null=True, blank=True)
    first_session_on = models.DateField("sidang pertama pada", null=True, blank=True)
    recommended_on = models.DateField("anjuran pada", null=True, blank=True)
    recommendation_received_on = models.DateField("anjuran diterima para pihak pada", null=True, blank=True)
    agreed_on = models.DateField("anjuran disetujui pada", null=True, blank=True)
    settled_on = models.DateField("selesai pada", null=True, blank=True)
    outcome = models.CharField("hasil", max_length=24, choices=Outcome.choices, default=Outcome.NONE)
    handed_to = models.CharField("diteruskan kepada", max_length=16, choices=HandedTo.choices, blank=True)
    state = StateField(
        "keadaan",
        max_length=16,
        choices=DisputeState.choices,
        default=DisputeState.REGISTERED,
    )

    history = HistoricalRecords()
    objects = DisputeCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "perkara perselisihan"
        verbose_name_plural = "perkara perselisihan"
        ordering = ["-registered_on", "-id"]
        constraints = CASE_CONSTRAINTS
        indexes = [
            models.Index(fields=["registered_on", "settled_on", "outcome"], name="disputes_case_counted"),
            models.Index(fields=["mediator", "state"], name="disputes_case_mediated"),
        ]

    def __str__(self) -> str:
        return f"Perkara {self.number}"

    @property
    def workers_total(self) -> int:
        """Workers of both sexes."""
        return self.workers_male + self.workers_female

    @property
    def is_open(self) -> bool:
        """Whether the case still runs."""
        return self.state != DisputeState.CLOSED

    def clean(self) -> None:
        """Raise ValidationError for dates out of order or in the future, and for a case without workers."""
        problems = validators.date_problems(self, clock.today())
        workers = validators.workers_problem(self.workers_male, self.workers_female)
        if workers:
            problems["workers_male"] = workers
        if problems:
            raise ValidationError(problems)


governed(workflows.CASE)(DisputeCase)
