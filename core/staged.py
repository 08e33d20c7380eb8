"""Reaching into uploads that wait for a decision; for the erasure of a person."""

import re

from django.db import transaction

from core.models.staging import StagedRow, StagedUpload, UploadState
from core.sealed_cells import unsealed_cells

_NOT_DIGIT = re.compile(r"\D")


@transaction.atomic
def forget_staged(numbers: set[str]) -> int:
    """Delete staged rows in which one of the numbers (NIK, KK; digits only) stands; return how many.

    The cells are sealed without an index, so every waiting row is opened; there are few, and none older than a week.
    """
    wanted = {number for number in numbers if number}
    gone = 0
    if not wanted:
        return gone
    waiting = StagedUpload.objects.select_for_update().filter(state=UploadState.STAGED).order_by("pk")
    for upload in waiting:
        for row in StagedRow.objects.filter(upload=upload).order_by("pk"):
            cells = (_NOT_DIGIT.sub("", str(value)) for value in unsealed_cells(row).values())
            if wanted.isdisjoint(cells):
                continue
            name = "bad_rows" if row.errors else "good_rows"
            setattr(upload, name, max(0, getattr(upload, name) - 1))
            upload.save(update_fields=[name])
            row.delete()
            gone += 1
    return gone
