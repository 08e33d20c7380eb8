"""What mediators are told. No party is named: a notice may be read on a phone in the street."""

from django.urls import reverse

from core import formats
from disputes import deadlines
from disputes.models import CaseDeadline, DisputeCase
from messaging.services import notify


def assigned(case: DisputeCase) -> None:
    """Tell the mediator of a new case, with the day by which the first session must be held."""
    first = CaseDeadline.objects.running(case).filter(code=deadlines.FIRST_SESSION.code).first()
    term = (
        f"Sidang pertama paling lambat {formats.date_long(first.due_on)}." if first else "Lanjutkan tahapnya."
    )
    notify(
        case.mediator,
        f"Perkara {case.number} dilimpahkan kepada Anda",
        term,
        reverse("disputes:case_detail", args=[case.uid]),
        f"dispute:{case.uid}:{case.version}",
    )
