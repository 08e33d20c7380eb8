"""Choices of the training app: value in English, label in Indonesian."""

from django.db.models import TextChoices


class FundingSource(TextChoices):
    """Who pays for a cohort."""

    APBD = "APBD", "APBD"
    DBHCHT = "DBHCHT", "DBHCHT"
    APBN = "APBN", "APBN"
    CSR = "CSR", "CSR perusahaan"
    SELF = "SELF", "Mandiri"


class Accreditation(TextChoices):
    """Accreditation of a training provider by LA-LPK."""

    NONE = "NONE", "Belum terakreditasi"
    ACCREDITED = "ACCREDITED", "Terakreditasi"


class CohortState(TextChoices):
    """Where a cohort stands."""

    PLANNED = "PLANNED", "Direncanakan"
    OPEN = "OPEN", "Pendaftaran dibuka"
    RUNNING = "RUNNING", "Berlangsung"
    FINISHED = "FINISHED", "Selesai"
    CANCELLED = "CANCELLED", "Dibatalkan"


class EnrolmentState(TextChoices):
    """Where a participant stands."""

    APPLIED = "APPLIED", "Mendaftar"
    ACCEPTED = "ACCEPTED", "Diterima"
    ATTENDING = "ATTENDING", "Mengikuti pelatihan"
    COMPLETED = "COMPLETED", "Selesai"
    WITHDRAWN = "WITHDRAWN", "Mengundurkan diri"
    REJECTED = "REJECTED", "Tidak diterima"


SEATED = (EnrolmentState.ACCEPTED, EnrolmentState.ATTENDING, EnrolmentState.COMPLETED)
"""States in which a participant takes a seat of the quota."""


class AssessmentResult(TextChoices):
    """Outcome of the assessment at the end of the training."""

    NONE = "NONE", "Belum dinilai"
    COMPETENT = "COMPETENT", "Kompeten"
    NOT_YET = "NOT_YET", "Belum kompeten"


class CertificateScheme(TextChoices):
    """Who stands behind a certificate."""

    OFFICE = "OFFICE", "Sertifikat dinas"
    BNSP = "BNSP", "Sertifikat kompetensi BNSP"
