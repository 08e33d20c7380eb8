"""Choices of the employers app: value in English, label in Indonesian."""

from django.db.models import TextChoices

from jobseekers.enums import EmployerClass as EmployerClass


class Ownership(TextChoices):
    """Where the company's capital comes from."""

    DOMESTIC = "DOMESTIC", "Penanaman modal dalam negeri (PMDN)"
    FOREIGN = "FOREIGN", "Penanaman modal asing (PMA)"
    STATE = "STATE", "Milik negara atau daerah"
    COOPERATIVE = "COOPERATIVE", "Koperasi"
    INDIVIDUAL = "INDIVIDUAL", "Perorangan"


class ReportSource(TextChoices):
    """Who said so: the source of a company's yearly data."""

    WLKP = "WLKP", "Wajib lapor ketenagakerjaan (WLKP)"
    OPERATOR = "OPERATOR", "Laporan operator perusahaan"
    SURVEY = "SURVEY", "Pendataan dinas"
    BPJS = "BPJS", "Data BPJS Ketenagakerjaan"


class ContractType(TextChoices):
    """The kind of work agreement that is offered."""

    PERMANENT = "PERMANENT", "Tetap (PKWTT)"
    FIXED_TERM = "FIXED_TERM", "Kontrak (PKWT)"
    DAILY = "DAILY", "Harian lepas"
    APPRENTICESHIP = "APPRENTICESHIP", "Pemagangan"
    OUTSOURCED = "OUTSOURCED", "Alih daya"


class VacancyState(TextChoices):
    """Where a vacancy stands between the company's draft and its end."""

    DRAFT = "DRAFT", "Konsep"
    SUBMITTED = "SUBMITTED", "Menunggu pemeriksaan"
    PUBLISHED = "PUBLISHED", "Tayang"
    CLOSED = "CLOSED", "Ditutup"
    REJECTED = "REJECTED", "Ditolak"
