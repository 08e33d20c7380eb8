"""What the placement ledger drops when a person is erased: the evidence files and the reasons; the counts stay."""

from django.db import transaction

from core import search
from core.files import erase_file
from core.models.files import StoredFile
from core.models.workflow import WorkflowLog
from core.workflow import revise
from messaging.services import forget_notices
from placements.models import ChannelReport, Placement

GONE = "(dihapus)"


@transaction.atomic
def forget_person(person, *, actor) -> int:
    """Drop the evidence of every report about `person`, also from old versions; return how many files went."""
    rows = Placement.objects.filter(jobseeker=person)
    reports = ChannelReport.objects.filter(placement__in=rows)
    old = ChannelReport.history.filter(placement_id__in=rows.values("pk"))
    numbers = {*reports.values_list("evidence", flat=True), *old.values_list("evidence_id", flat=True)} - {
        None
    }
    for report in reports.filter(evidence__isnull=False).order_by("pk"):
        revise(report, actor=actor, version=report.version, label="Berkas bukti dihapus", evidence=None)
    ChannelReport.history.filter(placement_id__in=rows.values("pk")).update(evidence=None)
    files = list(StoredFile.objects.filter(pk__in=numbers))
    for stored in files:
        erase_file(stored)
    uids = [*rows.values_list("uid", flat=True), *reports.values_list("uid", flat=True)]
    WorkflowLog.objects.filter(object_uid__in=uids).exclude(comment="").update(comment=GONE)
    search.forget(uids)
    forget_notices(uids=uids)
    return len(files)
