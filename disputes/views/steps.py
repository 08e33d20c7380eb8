"""The steps of a case, each on a page of its own: a day, sometimes a mediator or another authority, a reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from core import clock
from core.listing import FormView
from core.workflow import Transition, available
from disputes import permissions
from disputes.exports import CaseTable
from disputes.forms import AssignForm, HandOverForm, ReasonForm, ReassignForm, RecommendForm, StepForm
from disputes.models import DisputeCase
from disputes.services import cases
from disputes.views.cases import step_fits
from disputes.workflows import CASE

FORMS: dict[str, type[StepForm]] = {
    "assign": AssignForm,
    "hand_over": HandOverForm,
    "recommend": RecommendForm,
    "reopen": ReasonForm,
}
"""Steps that ask for more, or less, than a day and a note."""


class _CaseFormView(FormView):
    """What the forms of a case have in common."""

    table = CaseTable
    editing = True

    def allowed(self) -> bool:
        """Mediators and the head of section; whose case it is, `get_record` and the workflow decide."""
        return permissions.can_read_cases(self.request.user)

    def back_url(self, record: DisputeCase) -> str:
        """The case."""
        return self.success_url(record)

    def success_url(self, record: DisputeCase) -> str:
        """The case; without the right to see it any more, the list."""
        if DisputeCase.objects.visible_to(self.request.user).filter(pk=record.pk).exists():
            return reverse("disputes:case_detail", args=[record.uid])
        return reverse("disputes:case_list")


class Step(_CaseFormView):
    """Take one step of the workflow."""

    success_message = ""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """An unknown step is no page."""
        if self.kwargs["name"] not in {step.name for step in CASE.transitions}:
            raise Http404("Langkah tidak dikenal.")
        return super().dispatch(request, *args, **kwargs)

    @property
    def step(self) -> Transition:
        """The step of the address."""
        return CASE.get(self.kwargs["name"])

    @property
    def form_class(self) -> type[StepForm]:
        """The form that the step asks for."""
        return FORMS.get(self.step.name, StepForm)

    @property
    def page_title(self) -> str:
        """The step and its case."""
        return f"{self.step.label}: {self.record.number}"

    @property
    def submit_label(self) -> str:
        """The step."""
        return self.step.label

    def form_kwargs(self, record: DisputeCase) -> dict:
        """Whether the workflow asks for a reason."""
        return {"needs_comment": self.step.needs_comment}

    def initial(self, record: DisputeCase) -> dict:
        """Today."""
        return {"on": clock.today()}

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show the form, or say that the step can't be taken now."""
        steps = {step.name for step in available(self.record, request.user)}
        if self.step.name not in steps or not step_fits(self.record, self.step.name):
            messages.error(request, f"“{self.step.label}” tidak bisa dilakukan pada perkara ini sekarang.")
            return redirect("disputes:case_detail", uid=self.record.uid)
        return super().get(request, *args, **kwargs)

    def perform(self, form: StepForm, record: DisputeCase, version: int) -> DisputeCase:
        """Take it."""
        values = dict(form.cleaned_data)
        comment = values.pop("comment")
        written = cases.take_step(
            record, self.step.name, actor=self.request.user, version=version, comment=comment, **values
        )
        messages.success(self.request, f"{self.step.label}: sudah dicatat.")
        return written


class Reassign(_CaseFormView):
    """Give an open case to another mediator."""

    form_class = ReassignForm
    page_title = "Ganti mediator"
    success_message = "Mediator sudah diganti."

    def allowed(self) -> bool:
        """The head of section."""
        return permissions.is_head(self.request.user)

    def form_kwargs(self, record: DisputeCase) -> dict:
        """A reason is needed."""
        return {"needs_comment": True}

    def perform(self, form: ReassignForm, record: DisputeCase, version: int) -> DisputeCase:
        """Write it."""
        return cases.reassign(record, actor=self.request.user, version=version, **form.cleaned_data)
