"""Programmes and their other names."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from core.workflow import NotAllowed, opened
from training import permissions
from training.models import ProgrammeAlias, TrainingProgramme


@transaction.atomic
def define_programme(
    *, actor, name: str, aliases: Iterable[str] = (), occupation=None, competency_unit: str = ""
) -> TrainingProgramme:
    """Save a programme under its one name. A name or alias that is already taken raises ValidationError."""
    if actor is not None and not permissions.can_run_trainings(actor):
        raise NotAllowed("Program pelatihan hanya diisi oleh petugas pelatihan.")
    name = " ".join(name.split())
    _require_free(name)
    programme = TrainingProgramme(name=name, occupation=occupation, competency_unit=competency_unit)
    programme.clean_fields()
    programme.save()
    opened(programme, actor=actor, label="Program dicatat")
    for alias in aliases:
        add_alias(programme, actor=actor, name=alias)
    return programme


@transaction.atomic
def add_alias(programme: TrainingProgramme, *, actor, name: str) -> ProgrammeAlias:
    """Note another name of a programme."""
    if actor is not None and not permissions.can_run_trainings(actor):
        raise NotAllowed("Program pelatihan hanya diisi oleh petugas pelatihan.")
    name = " ".join(name.split())
    _require_free(name)
    return ProgrammeAlias.objects.create(programme=programme, name=name)


def _require_free(name: str) -> None:
    if not name:
        raise ValidationError({"name": "Isi nama program."})
    taken = TrainingProgramme.objects.called(name).first()
    if taken is not None:
        raise ValidationError({"name": f"Nama “{name}” sudah dipakai program “{taken.name}”."})
