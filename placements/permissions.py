"""Who may do what with placements and their reports."""

from accounts.enums import InstitutionKind, Role
from accounts.permissions import has_role, institutions_of

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


def may_verify(user, report) -> bool:
    """Verifies or rejects: a pengantar kerja, never the person who reported it."""
    return has_role(user, *VERIFIERS) and report.reported_by_id != user.pk


def can_report(user) -> bool:
    """May report a placement: officers of the three services, and operators of BKK, LPK and P3MI."""
    return has_role(user, *OFFICER_CHANNELS) or reporting_institutions(user).exists()
