"""The page of one record and the page of one form.

``core/detail.html`` gets ``detail`` (a `Detail`), ``core/form.html`` gets ``form``, ``page`` (a `FormPage`)
and ``errors`` (the error summary). A refusal changes nothing: the page comes back with what was typed and the
cause (status 422); a stale page is answered by ``409.html``, which says who decided and when.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from core.errors import Refused
from core.form_words import field_errors
from core.redaction import redact
from core.stale import stale_response, typed_text
from core.tables import Column, Table
from core.workflow import StaleRecord, Workflow, available, fire, timeline

UNPROCESSABLE = 422


@dataclass(frozen=True)
class Fact:
    """One fact of a record.

    ``kind`` as of a column; ``flag`` is "ok", "wa" or "no" with ``note`` below the value.
    """

    title: str
    value: Any = None
    kind: str = "text"
    url: str = ""
    note: str = ""
    flag: str = ""
    html: str = ""

    @property
    def text(self) -> str:
        """The value as a reader sees it."""
        column = Column("fact", self.title, kind=self.kind)
        return column.text(column.finish(self.value))


@dataclass(frozen=True)
class Section:
    """A box of the page: facts, or a small table (``head`` and ``rows``); a ``folded`` one opens on request."""

    title: str
    facts: list[Fact] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    empty_text: str = ""
    note: str = ""
    key: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Action:
    """A step that the reader may take: a POST with ``langkah`` = name, or a link when ``url`` is given.

    ``key`` is the letter that follows the link on a page with queue keys. The form's id is "langkah-" and the name, so
    that fields elsewhere may belong to it; a ``guarded`` one asks before typed words are left behind.
    """

    name: str
    label: str
    url: str = ""
    needs_comment: bool = False
    danger: bool = False
    main: bool = False
    key: str = ""
    guarded: bool = False


@dataclass
class Detail:
    """Everything that the detail template shows."""

    record: Any
    title: str
    subtitle: str = ""
    state: str = ""
    state_colour: str = ""
    back_url: str = ""
    back_label: str = ""
    sections: list[Section] = field(default_factory=list)
    side: list[Section] = field(default_factory=list)
    history: list[Any] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    blocked: str = ""
    comment: str = ""

    @property
    def version(self) -> int | None:
        """The version that the reader saw; carried by every form of the page."""
        return getattr(self.record, "version", None)


def error_summary(form: forms.BaseForm) -> list[tuple[str, str]]:
    """The errors of a form for the box on top: (id of the field or "", message), in the order of the fields."""
    found = [("", str(message)) for message in form.non_field_errors()]
    for name in form.fields:
        if name in form.errors:
            target = form[name].id_for_label or form[name].auto_id
            found += [(target, text) for text in field_errors(form, name)]
    return found


def posted_version(request: HttpRequest) -> int:
    """The version that the form carried; a form without one is as stale as can be."""
    return posted_number(request, "version")


def posted_number(request: HttpRequest, name: str) -> int:
    """A version in another field of the form; 0 when there is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


class RecordMixin:
    """Finds the record by its uid among the rows that the user may see; anything else is 404."""

    table: type[Table] | None = None

    def get_queryset(self) -> QuerySet:
        """The rows among which the record is looked for."""
        if self.table is None:
            raise NotImplementedError(f"{type(self).__name__} needs a table or get_queryset()")
        table = self.table()
        if not table.permission(self.request.user):
            raise PermissionDenied("Halaman ini bukan untuk peran Anda.")
        return table.queryset(self.request.user)

    def get_record(self) -> Any:
        """The record of the URL, or 404."""
        record = self.get_queryset().filter(uid=self.kwargs["uid"]).first()
        if record is None:
            raise Http404("Data tidak ditemukan.")
        return record


class DetailView(RecordMixin, View):
    """One record is one page: facts left, history right, actions at the bottom.

    A subclass gives ``table`` (or ``get_queryset``) and ``facts`` or ``sections``. A governed record gets its
    history and the steps that this user may take; a POST takes one through ``perform``.
    """

    template_name = "core/detail.html"
    back_url_name = ""
    danger_steps: frozenset[str] = frozenset({"reject", "cancel", "withdraw", "remove"})
    places: dict[str, str] = {}
    """The field that a refusal names: the id on the page that its message leads to."""

    def facts(self, record: Any) -> list[Fact]:
        """The facts of a record with one section."""
        return []

    def sections(self, record: Any) -> list[Section]:
        """The boxes at the left."""
        return [Section("Data", self.facts(record))]

    def side(self, record: Any) -> list[Section]:
        """The boxes at the right, above the history."""
        return []

    def title(self, record: Any) -> str:
        """The heading."""
        return str(record)

    def subtitle(self, record: Any) -> str:
        """The line below the heading."""
        return ""

    def back(self) -> tuple[str, str]:
        """Address and label of the list that the page belongs to."""
        return "", self.table.title if self.table else ""

    def history(self, record: Any) -> list[Any]:
        """The log of a governed record, oldest first: label, at, actor_name, comment."""
        return list(timeline(record)) if hasattr(record, "version") else []

    def actions(self, record: Any) -> list[Action]:
        """The workflow's steps that this user may take now, plus what a subclass adds."""
        if not isinstance(getattr(record, "workflow", None), Workflow):
            return []
        steps = available(record, self.request.user)
        main = next((step.name for step in steps if step.name not in self.danger_steps), "")
        return [
            Action(
                name=step.name,
                label=step.label,
                needs_comment=step.needs_comment,
                danger=step.name in self.danger_steps,
                main=step.name == main,
            )
            for step in steps
        ]

    def blocked(self, record: Any) -> str:
        """Why nothing can be done, when nothing can."""
        return ""

    def perform(self, record: Any, step: str, *, version: int, comment: str) -> None:
        """Take the step; override where a service does more than the transition."""
        fire(record, step, actor=self.request.user, version=version, comment=comment)

    def extra_context(self, record: Any) -> dict[str, Any]:
        """More context for the template."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the record."""
        return self._show(self.get_record())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take one step, or say why not."""
        record = self.get_record()
        step, comment = request.POST.get("langkah", ""), request.POST.get("comment", "").strip()
        if step not in {action.name for action in self._all_steps(record)}:
            raise Http404("Langkah tidak dikenal.")
        try:
            self.perform(record, step, version=posted_version(request), comment=comment)
        except StaleRecord as problem:
            return stale_response(request, problem, request.path, self.typed_words(comment))
        except (Refused, ValidationError) as problem:
            fresh = self.get_record()
            told = [(self.places.get(getattr(problem, "field", ""), ""), text) for text in _texts(problem)]
            return self._show(fresh, errors=told, comment=comment, status=UNPROCESSABLE)
        messages.success(request, self.done_message(record, step))
        return redirect(self.done_url(record, step))

    def typed_words(self, comment: str) -> list[tuple[str, str]]:
        """What the reader had typed, by label, for the page that says that somebody else was faster."""
        return [("Alasan", redact(comment))] if comment else []

    def done_message(self, record: Any, step: str) -> str:
        """What is said after a step."""
        label = next((found.label for found in self._all_steps(record) if found.name == step), "Langkah")
        return f"Langkah “{label}” sudah dicatat."

    def done_url(self, record: Any, step: str) -> str:
        """Where a step leads."""
        return self.request.path

    def _all_steps(self, record: Any) -> list[Any]:
        """All steps of the workflow, allowed now or not: a step that is refused gets its reason, not a 404."""
        workflow = getattr(record, "workflow", None)
        return list(workflow.transitions) if isinstance(workflow, Workflow) else self.actions(record)

    def _show(self, record: Any, *, errors: Any = (), comment: str = "", status: int = 200) -> HttpResponse:
        back_url, back_label = self.back()
        workflow = getattr(record, "workflow", None)
        detail = Detail(
            record=record,
            title=self.title(record),
            subtitle=self.subtitle(record),
            state=workflow.states(getattr(record, workflow.field)).label if workflow else "",
            back_url=back_url,
            back_label=back_label,
            sections=self.sections(record),
            side=self.side(record),
            history=self.history(record),
            actions=self.actions(record),
            comment=comment,
        )
        detail.blocked = "" if detail.actions else self.blocked(record)
        context = {"detail": detail, "errors": list(errors), **self.extra_context(record)}
        return render(self.request, self.template_name, context, status=status)


@dataclass(frozen=True)
class FormPage:
    """What the form template shows around the fields."""

    title: str
    submit_label: str = "Simpan"
    back_url: str = ""
    back_label: str = "Kembali"
    intro: str = ""
    version: int | None = None
    multipart: bool = False


class FormView(RecordMixin, View):
    """A form that calls one service.

    A subclass gives ``form_class``, ``page_title`` and ``perform(form, record, version)``, which calls the
    service and returns the record; ``editing`` = True finds the record by the URL's uid and carries its
    version. The service's refusal stands on top of the form; a ValidationError of a known field stands at
    that field.
    """

    form_class: type[forms.BaseForm] | None = None
    template_name = "core/form.html"
    page_title = ""
    submit_label = "Simpan"
    success_message = "Data sudah disimpan."
    editing = False

    def allowed(self) -> bool:
        """Whether this user may use the form at all. Denied unless the view says otherwise."""
        return False

    def perform(self, form: forms.BaseForm, record: Any, version: int) -> Any:
        """Call the service."""
        raise NotImplementedError(f"{type(self).__name__}.perform")

    def initial(self, record: Any) -> dict[str, Any]:
        """The values that the form starts with."""
        return {}

    def form_kwargs(self, record: Any) -> dict[str, Any]:
        """More arguments of the form class."""
        return {}

    def back_url(self, record: Any) -> str:
        """Where the back link leads."""
        return ""

    def success_url(self, record: Any) -> str:
        """Where the saved form leads."""
        raise NotImplementedError(f"{type(self).__name__}.success_url")

    def extra_context(self, record: Any) -> dict[str, Any]:
        """More context for the template."""
        return {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask the permission, then find the record."""
        if not self.allowed():
            raise PermissionDenied("Formulir ini bukan untuk peran Anda.")
        self.record = self.get_record() if self.editing else None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self._show(self.form_class(initial=self.initial(self.record), **self.form_kwargs(self.record)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check, call the service, lead on; or show what is wrong with nothing typed lost."""
        form = self.form_class(
            request.POST,
            request.FILES,
            initial=self.initial(self.record),
            **self.form_kwargs(self.record),
        )
        if not form.is_valid():
            return self._show(form, status=UNPROCESSABLE)
        try:
            saved = self.perform(form, self.record, posted_version(request))
        except StaleRecord as problem:
            return stale_response(request, problem, request.path, typed_text(form))
        except (Refused, ValidationError) as problem:
            _blame(form, problem)
            return self._show(form, status=UNPROCESSABLE)
        if self.success_message:
            messages.success(request, self.success_message)
        return redirect(self.success_url(saved))

    def _show(self, form: forms.BaseForm, *, status: int = 200) -> HttpResponse:
        page = FormPage(
            title=self.page_title,
            submit_label=self.submit_label,
            back_url=self.back_url(self.record),
            version=posted_version(self.request) or getattr(self.record, "version", None),
            multipart=form.is_multipart(),
        )
        context = {"form": form, "page": page, "record": self.record, "errors": error_summary(form)}
        return render(
            self.request, self.template_name, context | self.extra_context(self.record), status=status
        )


def _texts(problem: Refused | ValidationError) -> tuple[str, ...]:
    return tuple(problem.messages) if isinstance(problem, ValidationError) else (str(problem),)


def _blame(form: forms.BaseForm, problem: Refused | ValidationError) -> None:
    """Put the refusal at the field it speaks of, else on top."""
    by_field = getattr(problem, "error_dict", None)
    if by_field is None:
        at = getattr(problem, "field", None)
        for text in _texts(problem):
            form.add_error(at if at in form.fields else None, text)
        return
    for name, errors in by_field.items():
        for error in errors:
            form.add_error(
                name if name in form.fields and name != NON_FIELD_ERRORS else None, error.messages[0]
            )
