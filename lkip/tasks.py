"""Background work of the report: publishing an edition, reminding the owners of indicators."""

from datetime import time, timedelta

from accounts.models import User
from core import clock, jobs
from core.errors import Refused
from core.jobs import HopelessError, JobRun
from core.models.job import Job, JobState
from core.workflow import check
from lkip.models import Edition
from lkip.notifications import remind_all
from lkip.services import editions

PUBLISH = "lkip.publish"


def order_publication(actor, *, edition: Edition, version: int) -> Job:
    """Ask the worker to publish what the actor saw; asking twice for the same version is one publication.

    Call it inside a transaction. Raises NotAllowed, WrongState or StaleRecord. What failed before is tried again.
    """
    check(edition, "publish", actor=actor, version=version)
    job = jobs.enqueue(
        PUBLISH,
        key=f"{edition.uid}:{version}",
        payload={"edition": str(edition.uid), "version": version, "actor": actor.pk},
        actor=actor,
    )
    return jobs.retry(job) if job.state == JobState.FAILED else job


def publication_of(edition: Edition) -> Job | None:
    """Return the newest publication job of the edition, or None."""
    return (
        Job.objects.filter(kind=PUBLISH, key__startswith=f"{PUBLISH}:{edition.uid}:").order_by("-pk").first()
    )


@jobs.job(PUBLISH, lease=timedelta(minutes=3), attempts=3)
def publish(run: JobRun) -> None:
    """Compose, render and publish; a refusal is final and said on the edition's page."""
    edition = Edition.objects.defer("content").get(uid=run.payload["edition"])
    if edition.published_at is None:
        actor = User.objects.get(pk=run.payload["actor"])
        try:
            editions.publish(actor, edition=edition, version=run.payload["version"])
        except Refused as refusal:
            raise HopelessError(refusal.message) from refusal
    with run.finish(edition=str(edition.uid)):
        pass


@jobs.job("lkip.remind_quarters", daily_at=time(7, 0))
def remind_quarters(run: JobRun) -> None:
    """Remind the owners of indicators whose note of the quarter is missing; told once however often it runs."""
    with run.finish() as result:
        result["asked"] = remind_all(clock.today())
