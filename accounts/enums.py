"""Roles, kinds of institution and states: value in English, label in Indonesian."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person does in the system; given by a membership, never by a flag on the user."""

    JOBSEEKER = "JOBSEEKER", "Pencari kerja"
    COMPANY_OPERATOR = "COMPANY_OPERATOR", "Operator perusahaan"
    LPK_OPERATOR = "LPK_OPERATOR", "Operator LPK"
    BKK_OPERATOR = "BKK_OPERATOR", "Operator BKK"
    P3MI_OPERATOR = "P3MI_OPERATOR", "Operator P3MI"
    UNION_OPERATOR = "UNION_OPERATOR", "Operator serikat pekerja"
    PLACEMENT_OFFICER = "PLACEMENT_OFFICER", "Pengantar kerja"
    TRAINING_OFFICER = "TRAINING_OFFICER", "Petugas pelatihan"
    FAIR_OFFICER = "FAIR_OFFICER", "Petugas bursa kerja"
    MEDIATOR = "MEDIATOR", "Mediator hubungan industrial"
    SECTION_HEAD = "SECTION_HEAD", "Kepala bidang"
    PLANNER = "PLANNER", "Perencana"
    APIP_REVIEWER = "APIP_REVIEWER", "Pereviu APIP"
    AGENCY_HEAD = "AGENCY_HEAD", "Kepala dinas"
    ADMINISTRATOR = "ADMINISTRATOR", "Administrator"
    PDP_OFFICER = "PDP_OFFICER", "Pejabat pelindungan data pribadi"


class InstitutionKind(TextChoices):
    """Kinds of institution; a kind's licence data stands one-to-one in the app that owns it."""

    COMPANY = "COMPANY", "Perusahaan"
    LPK = "LPK", "Lembaga pelatihan kerja (LPK)"
    BLK = "BLK", "Balai latihan kerja (BLK)"
    BKK = "BKK", "Bursa kerja khusus (BKK)"
    P3MI = "P3MI", "Perusahaan penempatan pekerja migran (P3MI)"
    UNION = "UNION", "Serikat pekerja"
    FEDERATION = "FEDERATION", "Federasi serikat pekerja"
    EMPLOYER_ASSOCIATION = "EMPLOYER_ASSOCIATION", "Asosiasi pengusaha"
    SECTION = "SECTION", "Bidang pada dinas"


class InstitutionState(TextChoices):
    """A closed institution keeps its records, but its operators can no longer act."""

    ACTIVE = "ACTIVE", "Aktif"
    CLOSED = "CLOSED", "Ditutup"


OPERATOR_KINDS: dict[str, tuple[str, ...]] = {
    Role.COMPANY_OPERATOR: (InstitutionKind.COMPANY,),
    Role.LPK_OPERATOR: (InstitutionKind.LPK, InstitutionKind.BLK),
    Role.BKK_OPERATOR: (InstitutionKind.BKK,),
    Role.P3MI_OPERATOR: (InstitutionKind.P3MI,),
    Role.UNION_OPERATOR: (InstitutionKind.UNION, InstitutionKind.FEDERATION),
}
"""The kinds of institution that an operator role may stand for."""

OPERATOR_ROLES: tuple[str, ...] = tuple(OPERATOR_KINDS)

STAFF_ROLES: tuple[str, ...] = (
    Role.PLACEMENT_OFFICER,
    Role.TRAINING_OFFICER,
    Role.FAIR_OFFICER,
    Role.MEDIATOR,
    Role.SECTION_HEAD,
    Role.PLANNER,
    Role.APIP_REVIEWER,
    Role.AGENCY_HEAD,
    Role.ADMINISTRATOR,
    Role.PDP_OFFICER,
)
"""Roles inside the office; they need a second factor."""


class ClaimState(TextChoices):
    """Where a claim on a NIK that another account holds stands."""

    OPEN = "OPEN", "Menunggu diperiksa"
    GRANTED = "GRANTED", "Diterima"
    REFUSED = "REFUSED", "Ditolak"
