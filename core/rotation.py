"""Sealing personal data again under the current key, after a new one was added to PERSONAL_DATA_KEYS."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.core.files.storage import default_storage
from django.db import models

from core import audit
from core.files import resealed_copy
from core.models.files import StoredFile
from core.personal import SealBroken, SealedField, current_key_id, key_id_of, seal, sealed_fields, unseal

BATCH = 500


@dataclass
class RotationResult:
    """How many values were sealed anew, were already current, and which rows did not open ("model uid")."""

    renewed: int = 0
    current: int = 0
    broken: list[str] = field(default_factory=list)


def _tables(entry: SealedField) -> Iterator[type[models.Model]]:
    """The model's own table and, where the model has history, the table of its old versions."""
    yield entry.model
    history = getattr(entry.model, "history", None)
    if history is not None and any(f.name == entry.field for f in history.model._meta.concrete_fields):
        yield history.model


def _rows(model: type[models.Model], name: str) -> Iterator[tuple]:
    """Walk (pk, uid, blob) in key order, a batch at a time, so that no transaction or cursor stays open."""
    last = None
    while True:
        rows = model._base_manager.exclude(**{name: None}).order_by("pk")
        batch = list(
            (rows.filter(pk__gt=last) if last is not None else rows).values_list("pk", "uid", name)[:BATCH]
        )
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1][0]


def rotate_keys(*, actor=None, progress: Callable[[str, int], None] | None = None) -> RotationResult:
    """Seal every registered value again that another than the current key sealed; safe to repeat and to interrupt.

    A value that changed meanwhile is left alone: its writer used the current key. History rows are sealed again
    too; nothing else of a row changes, so neither its version nor its history grows. Rows that do not open are
    reported and left.
    """
    result, key_id = RotationResult(), current_key_id()
    for entry in sealed_fields():
        for model in _tables(entry):
            renewed = 0
            for pk, uid, blob in _rows(model, entry.field):
                if key_id_of(blob) == key_id:
                    result.current += 1
                    continue
                try:
                    value = unseal(blob, context=entry.context, row=uid)
                except SealBroken:
                    result.broken.append(f"{model._meta.label_lower} {uid}")
                    continue
                fresh = seal(value, context=entry.context, row=uid)
                unchanged = model._base_manager.filter(pk=pk, **{entry.field: bytes(blob)})
                renewed += unchanged.update(**{entry.field: fresh})
            result.renewed += renewed
            if progress is not None:
                progress(f"{model._meta.label_lower}.{entry.field}", renewed)
    _reseal_files(result, progress)
    audit.record(
        audit.KEYS_ROTATED,
        actor=actor,
        detail={"key": key_id, "renewed": result.renewed, "broken": len(result.broken)},
    )
    return result


def _reseal_files(result: RotationResult, progress: Callable[[str, int], None] | None) -> None:
    """Seal the stored files again that an older key sealed."""
    renewed = 0
    for stored in StoredFile.objects.filter(sealed=True).order_by("pk").iterator(chunk_size=BATCH):
        try:
            path = resealed_copy(stored)
        except (SealBroken, FileNotFoundError):
            result.broken.append(f"core.storedfile {stored.uid}")
            continue
        if path and StoredFile.objects.filter(pk=stored.pk, path=stored.path).update(path=path):
            default_storage.delete(stored.path)
            renewed += 1
            continue
        if path:  # erased meanwhile
            default_storage.delete(path)
        result.current += 1
    result.renewed += renewed
    if progress is not None:
        progress("core.storedfile", renewed)
