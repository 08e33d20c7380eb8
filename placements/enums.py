"""Closed lists of the placement ledger: value in English, label in Indonesian."""

from django.db.models import TextChoices

from jobseekers.enums import Reach as Reach


class Channel(TextChoices):
    """The way by which the office hears of a job start. The order decides ties of the primary channel."""

    BKK = "BKK", "Bursa Kerja Khusus (BKK)"
    LPK = "LPK", "Lembaga Pelatihan Kerja (LPK)"
    SIDAKEP_ONLINE = "SIDAKEP_ONLINE", "Sidakep Tri (daring)"
    CPMI = "CPMI", "Calon Pekerja Migran Indonesia (CPMI)"
    PELATIHAN = "PELATIHAN", "Pelatihan dinas"
    JOB_FAIR = "JOB_FAIR", "Bursa kerja (job fair)"


class ContractType(TextChoices):
    """How the person is bound to the work."""

    PERMANENT = "PERMANENT", "Tetap (PKWTT)"
    FIXED_TERM = "FIXED_TERM", "Waktu tertentu (PKWT)"
    DAILY = "DAILY", "Harian"
    APPRENTICE = "APPRENTICE", "Magang"
    MIGRANT = "MIGRANT", "Perjanjian kerja luar negeri"
    OWN_BUSINESS = "OWN_BUSINESS", "Usaha sendiri"


class WageBand(TextChoices):
    """Income against the city's minimum wage; never the exact amount."""

    BELOW = "BELOW", "Di bawah UMK"
    MINIMUM = "MINIMUM", "Sama dengan UMK"
    TO_ONE_AND_HALF = "TO_ONE_AND_HALF", "1 sampai 1,5 kali UMK"
    ABOVE = "ABOVE", "Di atas 1,5 kali UMK"
    UNKNOWN = "UNKNOWN", "Tidak diketahui"


class EvidenceKind(TextChoices):
    """What proves the job start."""

    CONTRACT = "CONTRACT", "Kontrak kerja"
    EMPLOYER_CONFIRMATION = "EMPLOYER_CONFIRMATION", "Konfirmasi perusahaan"
    BKK_LIST = "BKK_LIST", "Daftar BKK"
    SELF_REPORT = "SELF_REPORT", "Laporan sendiri"
    MIGRANT_LETTER = "MIGRANT_LETTER", "Surat penempatan pekerja migran"
    BUSINESS_PROOF = "BUSINESS_PROOF", "Bukti usaha"


class SelfReportState(TextChoices):
    """What became of a holder's own word that they work."""

    OPEN = "OPEN", "Belum diperiksa"
    BOOKED = "BOOKED", "Dicatat sebagai laporan"
    DISMISSED = "DISMISSED", "Tidak dicatat"


class ReportState(TextChoices):
    """The life of a channel report."""

    REPORTED = "REPORTED", "Menunggu pemeriksaan"
    VERIFIED = "VERIFIED", "Terverifikasi"
    REJECTED = "REJECTED", "Ditolak"
