"""Reads that span models."""

import datetime as dt

from django.db.models import QuerySet

from accounts.enums import InstitutionState
from accounts.models import Institution
from placements.enums import Channel
from placements.models import ChannelReport, Placement
from placements.permissions import REPORTING_KINDS, is_officer, reporting_institutions

NEAR = dt.timedelta(days=60)
"""Job starts of one person that lie this close together are looked at twice."""


def reporters(user) -> QuerySet[Institution]:
    """The institutions in whose name `user` may report: officers any active one, operators their own."""
    if is_officer(user):
        return Institution.objects.filter(kind__in=REPORTING_KINDS, state=InstitutionState.ACTIVE).order_by(
            "name"
        )
    return reporting_institutions(user).order_by("name")


def near_starts(placement: Placement) -> QuerySet[Placement]:
    """Other job starts of the same person within sixty days: perhaps one start, told with two dates."""
    day = placement.started_on
    return (
        Placement.objects.filter(jobseeker=placement.jobseeker_id, started_on__range=(day - NEAR, day + NEAR))
        .exclude(pk=placement.pk)
        .select_related("company__institution")
        .order_by("started_on")
    )


def reports_of(placement: Placement, user) -> QuerySet[ChannelReport]:
    """The reports of a placement that `user` may see, in the order of the channels' list."""
    rows = ChannelReport.objects.visible_to(user).filter(placement=placement)
    return rows.select_related("institution").order_by("reported_on", "pk")


def free_channels(placement: Placement, channels: list[str]) -> list[str]:
    """Those of `channels` through which the placement was not reported yet."""
    taken = set(placement.reports.values_list("channel", flat=True))
    return [channel for channel in channels if channel not in taken]


def channel_choices(channels: list[str]) -> list[tuple[str, str]]:
    """The channels with their labels, in the list's order."""
    return [(value, label) for value, label in Channel.choices if value in channels]
