"""Housekeeping of uploads: what nobody decided on in seven days is thrown away."""

from datetime import time

from core import clock, jobs
from core.models.staging import StagedUpload, UploadState
from core.tables_in import discard


@jobs.job("core.expire_uploads", daily_at=time(1, 30))
def expire_uploads(run: jobs.JobRun) -> None:
    """Discard staged uploads that have expired; their sealed rows go with them."""
    expired = list(StagedUpload.objects.filter(state=UploadState.STAGED, expires_at__lt=clock.now()))
    for number, staged in enumerate(expired, start=1):
        discard(staged)
        run.progress(number, len(expired))
