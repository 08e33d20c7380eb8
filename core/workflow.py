"""One door for every change of a governed record.

An app's ``workflows.py`` holds a `Workflow` (the table). The model is decorated with ``@governed(TABLE)``,
which gives it one django-fsm method a transition. Views and services change a record only by `fire`
(a transition) or `revise` (an edit without a change of state); both take the version the writer saw.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models, transaction
from django_fsm import transition as fsm_transition

from core import clock
from core.errors import Refused
from core.formats import datetime_long
from core.models.workflow import WorkflowLog
from core.redaction import redact


class StaleRecord(Refused):
    """Somebody else wrote since the form was opened."""


class NotAllowed(Refused):
    """The actor may not do this."""


class WrongState(Refused):
    """The record's state does not allow this step."""


class CommentRequired(Refused):
    """The step needs a reason."""


@dataclass(frozen=True)
class Transition:
    """One allowed step: from which states, to which, by whom, and whether it needs a reason."""

    name: str
    label: str
    source: tuple[str, ...]
    target: str
    allowed: Callable
    needs_comment: bool = False


@dataclass(frozen=True)
class Workflow:
    """The states of a record and all its steps."""

    states: type[models.TextChoices]
    transitions: tuple[Transition, ...]
    field: str = "state"

    def get(self, name: str) -> Transition:
        """Return the step called `name`; KeyError when the table has none."""
        for step in self.transitions:
            if step.name == name:
                return step
        raise KeyError(name)


def governed(workflow: Workflow) -> Callable:
    """Class decorator: give the model one FSM method for each step of `workflow`, named ``fsm_<step>``.

    The model may define ``on_<step>(self, *, actor, **data)``: it runs inside the step, before saving.
    """

    def decorate(cls):
        cls.workflow = workflow
        field = cls._meta.get_field(workflow.field)
        for step in workflow.transitions:

            def run(self, *, actor, step=step, **data):
                hook = getattr(self, f"on_{step.name}", None)
                if hook is not None:
                    hook(actor=actor, **data)
                elif data:
                    raise TypeError(f"{step.name} takes no data: {sorted(data)}")

            run.__name__ = f"fsm_{step.name}"
            method = fsm_transition(field=field, source=list(step.source), target=step.target)(run)
            setattr(cls, run.__name__, method)
        return cls

    return decorate


def _locked(obj):
    """Return a fresh copy of `obj`, its row locked (SQLite: the immediate transaction is the lock)."""
    return type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)


def check_version(obj, version: int) -> None:
    """Raise StaleRecord, which says who was faster and when, unless `version` is the one that `obj` has."""
    if obj.version == version:
        return
    last = WorkflowLog.objects.of(obj).last()
    if last is None:
        raise StaleRecord(
            "Data ini sudah berubah sejak halaman dibuka. Muat ulang halaman, lalu periksa lagi."
        )
    raise StaleRecord(
        f"{last.actor_name or 'Sistem'} sudah mengubah data ini ({last.label.lower()}) pada "
        f"{datetime_long(last.at)}. Muat ulang halaman, lalu periksa lagi."
    )


def _write(obj, *, actor, label: str, comment: str, step: Transition | None = None, source: str = "") -> None:
    obj.version += 1
    obj.clean()
    obj._change_reason = label[:100]
    obj.save()
    _log(obj, actor=actor, label=label, comment=comment, step=step, source=source)


def _log(
    obj, *, actor, label: str, comment: str = "", step: Transition | None = None, source: str = ""
) -> None:
    WorkflowLog.objects.create(
        model=obj._meta.label_lower,
        object_uid=obj.uid,
        version=obj.version,
        transition=step.name if step else "",
        label=label,
        source=source,
        target=step.target if step else "",
        actor=actor,
        actor_name=str(getattr(actor, "full_name", "") or "")[:150],
        comment=redact(comment),  # a NIK written into a reason must not lie in clear
        comment_required=bool(step and step.needs_comment),
        at=clock.now(),
    )


def opened(obj, *, actor, label: str, comment: str = "") -> None:
    """Log the first version of a record; call it right after the row is created, in the same transaction."""
    _log(obj, actor=actor, label=label, comment=comment)


def _checked(fresh, name: str, *, actor, version: int) -> Transition:
    """The step, when the actor may take it now."""
    workflow: Workflow = fresh.workflow
    step = workflow.get(name)
    check_version(fresh, version)
    source = getattr(fresh, workflow.field)
    if source not in step.source:
        state = workflow.states(source).label
        raise WrongState(f"“{step.label}” tidak bisa dilakukan: keadaan data ini sekarang “{state}”.")
    if not step.allowed(actor, fresh):
        raise NotAllowed(f"Anda tidak berwenang untuk “{step.label}” pada data ini.")
    return step


def check(obj, name: str, *, actor, version: int) -> None:
    """Raise what `fire` would raise now, for a step that is asked for here and taken later in the background."""
    _checked(_locked(obj), name, actor=actor, version=version)


@transaction.atomic
def fire(obj, name: str, *, actor, version: int, comment: str = "", **data):
    """Take the step `name` on `obj` and return the written record.

    The row is locked and read again; `version` must be the one the actor saw. Raises StaleRecord (says who
    was faster, and when), NotAllowed, WrongState or CommentRequired; then nothing is changed.
    """
    fresh = _locked(obj)
    step = _checked(fresh, name, actor=actor, version=version)
    source = getattr(fresh, fresh.workflow.field)
    comment = comment.strip()
    if step.needs_comment and not comment:
        raise CommentRequired(f"Tulis alasan untuk “{step.label}”. Alasan ini dibaca oleh pemilik data.")
    getattr(fresh, f"fsm_{name}")(actor=actor, **data)
    _write(fresh, actor=actor, label=step.label, comment=comment, step=step, source=source)
    return fresh


@transaction.atomic
def revise(obj, *, actor, version: int, label: str = "Diubah", comment: str = "", **changes):
    """Write `changes` (field=value) to `obj` without a change of state; same lock and version check as `fire`."""
    fresh = _locked(obj)
    check_version(fresh, version)
    workflow: Workflow | None = getattr(fresh, "workflow", None)
    if workflow and workflow.field in changes:
        raise TypeError("the state changes by fire() only")
    for field, value in changes.items():
        setattr(fresh, field, value)
    _write(fresh, actor=actor, label=label, comment=comment.strip())
    return fresh


def available(obj, user) -> list[Transition]:
    """Return the steps that `user` may take on `obj` now."""
    state = getattr(obj, obj.workflow.field)
    return [step for step in obj.workflow.transitions if state in step.source and step.allowed(user, obj)]


def timeline(obj) -> list[WorkflowLog]:
    """Return the log of `obj`, oldest first."""
    return list(WorkflowLog.objects.of(obj))
