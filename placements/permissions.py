"""Who may do what with placements and their reports."""

from accounts.enums import InstitutionKind, Role
from accounts.permissions import acts_for, has_role, institutions_of

READERS = (
    Role.PLACEMENT_OFFICER,
    Role.FAIR_OFFICER,
    Role.TRAINING_OFFICER,
    Role.SECTION_HEAD,
    Role.AGENCY_HEAD,
    Role.ADMINISTRATOR,
    Role.PDP_OFFICER,
)
VERIFIERS = (Role.PLACEMENT_OFFICER,)
REPORTING_KINDS = {
    InstitutionKind.BKK: "BKK",
    InstitutionKind.LPK: "LPK",
    InstitutionKind.BLK: "LPK",
    InstitutionKind.P3MI: "CPMI",
}
"""Which channel an institution reports through."""

OFFICER_CHANNELS = {
    Role.PLACEMENT_OFFICER: ("BKK", "LPK", "SIDAKEP_ONLINE", "CPMI", "PELATIHAN", "JOB_FAIR"),
    Role.TRAINING_OFFICER: ("PELATIHAN",),
    Role.FAIR_OFFICER: ("JOB_FAIR",),
}


def can_read(user) -> bool:
    """May list placements at all: officers all of them, operators those that their institution reported."""
    return has_role(user, *READERS) or reporting_institutions(user).exists()


def reporting_institutions(user):
    """The institutions for which `user` may report placements."""
    return institutions_of(user, *REPORTING_KINDS)


def channels_of(user) -> list[str]:
    """The channels for which `user` may report: officers by role, operators that of their institution."""
    own = {
        channel for role, channels in OFFICER_CHANNELS.items() if has_role(user, role) for channel in channels
    }
    own |= {REPORTING_KINDS[institution.kind] for institution in reporting_institutions(user)}
    return [channel for channel in OFFICER_CHANNELS[Role.PLACEMENT_OFFICER] if channel in own]


def is_officer(user) -> bool:
    """Reports as a member of the office: for any institution, and for people found by their file."""
    return has_role(user, *OFFICER_CHANNELS)


def may_report(user, channel: str, institution) -> bool:
    """May report through `channel` in the name of `institution` (None: the office or the person itself)."""
    if any(has_role(user, role) and channel in channels for role, channels in OFFICER_CHANNELS.items()):
        return True
    return (
        institution is not None
        and REPORTING_KINDS.get(institution.kind) == channel
        and acts_for(user, institution)
    )


def may_verify(user, report) -> bool:
    """Verifies or rejects: a pengantar kerja, never the person who reported it or who was placed."""
    return (
        has_role(user, *VERIFIERS)
        and report.reported_by_id != user.pk
        and report.placement.jobseeker.user_id != user.pk
    )


def may_settle_word(user, told) -> bool:
    """Deals with what a holder told of themselves: a pengantar kerja, never on their own word."""
    return has_role(user, *VERIFIERS) and told.jobseeker.user_id != user.pk


def may_change(user, report) -> bool:
    """Corrects a report that is not verified: who may report the same thing, if it is not their own job."""
    return report.placement.jobseeker.user_id != getattr(user, "pk", None) and may_report(
        user, report.channel, report.institution
    )


def can_report(user) -> bool:
    """May report a placement: officers of the three services, and operators of BKK, LPK and P3MI."""
    return is_officer(user) or reporting_institutions(user).exists()
