"""Keeping the primary channel of a placement."""

from core.workflow import revise
from placements.enums import ReportState
from placements.models import Placement
from placements.validators import primary_channel


def settle(placement: Placement, *, actor) -> Placement:
    """Write the primary channel anew after a report came, changed or was decided; log it when it changes.

    The verified reports decide; while there is none, those that wait; rejected ones never. Called inside the
    transaction of the change, with the person's row locked.
    """
    fresh = Placement.objects.get(pk=placement.pk)
    reports = list(fresh.reports.values_list("state", "channel", "service_on"))
    services = []
    for state in (ReportState.VERIFIED, ReportState.REPORTED):
        services = services or [(channel, day) for found, channel, day in reports if found == state]
    wanted = primary_channel(services, fresh.started_on)
    if wanted == fresh.primary_channel:
        return fresh
    return revise(
        fresh, actor=actor, version=fresh.version, label="Jalur utama ditetapkan", primary_channel=wanted
    )
