"""Closed lists of the performance report."""

from django.db.models import TextChoices


class Level(TextChoices):
    """Where an indicator stands in the plan."""

    GOAL = "GOAL", "Indikator tujuan"
    IKU = "IKU", "Indikator kinerja utama"
    PROGRAMME = "PROGRAMME", "Indikator program"
    COMPANION = "COMPANION", "Angka pendamping"
    OUTCOME = "OUTCOME", "Indikator hasil"
    OUTPUT = "OUTPUT", "Indikator keluaran"
    SUPPORT = "SUPPORT", "Angka pendukung"


class Direction(TextChoices):
    """Which way is better."""

    UP = "UP", "Makin tinggi makin baik"
    DOWN = "DOWN", "Makin rendah makin baik"
    CATEGORY = "CATEGORY", "Peringkat atau predikat"
    NONE = "NONE", "Tanpa arah"


class Formula(TextChoices):
    """Where an indicator's value comes from."""

    MEASURE = "MEASURE", "Dihitung dari rekaman"
    STATISTIC = "STATISTIC", "Statistik dari luar"
    SCORE = "SCORE", "Nilai penilai"
    INTERIM = "INTERIM", "Masukan sementara"
    RATIO = "RATIO", "Perbandingan dua angka"
    DIFFERENCE = "DIFFERENCE", "Selisih dua angka"
    CHANGE = "CHANGE", "Perubahan dari tahun sebelumnya"


PART_TITLES = {
    Formula.RATIO: ("Pembilang", "Penyebut"),
    Formula.DIFFERENCE: ("Angka pertama", "Dikurangi"),
    Formula.CHANGE: ("Angka yang dibandingkan", ""),
}
"""What the two numbers of each kind are called: only a division has a pembilang and a penyebut."""


class TargetDocument(TextChoices):
    """The document that sets a target."""

    RENSTRA = "RENSTRA", "Renstra"
    RKT = "RKT", "Rencana Kinerja Tahunan"
    PK = "PK", "Perjanjian Kinerja"
    PK_REVISED = "PK_REVISED", "Perjanjian Kinerja Perubahan"


class Severity(TextChoices):
    """How much a finding matters."""

    ERROR = "ERROR", "Galat"
    WARNING = "WARNING", "Peringatan"
    INFO = "INFO", "Catatan"


class Status(TextChoices):
    """What an achievement says."""

    REACHED = "REACHED", "Tercapai"
    MISSED = "MISSED", "Belum tercapai"
    WAITING = "WAITING", "Menunggu nilai"
    NO_TARGET = "NO_TARGET", "Tanpa target"
    ZERO_TARGET = "ZERO_TARGET", "Target nol"
    UNDEFINED = "UNDEFINED", "Tidak dapat dihitung"


class EfficiencyLabel(TextChoices):
    """What the difference between achievement and absorption means, and what is said where there is none."""

    EFFICIENT = "EFFICIENT", "Efisien"
    FAIR = "FAIR", "Cukup efisien"
    INEFFICIENT = "INEFFICIENT", "Belum efisien"
    TARGET_MISSED = "TARGET_MISSED", "Target belum tercapai"
    NOT_STARTED = "NOT_STARTED", "Belum dilaksanakan"
    UNBUDGETED = "UNBUDGETED", "Realisasi tanpa pagu"
    UNKNOWN = "UNKNOWN", "Belum dapat dinilai"


class Aggregation(TextChoices):
    """How the values of quarters make the value of the year; only SUM lets a year's target be split."""

    SUM = "SUM", "Dijumlahkan"
    LAST = "LAST", "Nilai terakhir"
    AVERAGE = "AVERAGE", "Rata-rata"


class StatementKind(TextChoices):
    """What a sentence of the strategy is."""

    VISION = "VISION", "Visi"
    MISSION = "MISSION", "Misi"
    ISSUE = "ISSUE", "Isu strategis"
    LEGAL_BASIS = "LEGAL_BASIS", "Dasar hukum"
    DUTY = "DUTY", "Tugas pokok"
    FUNCTION = "FUNCTION", "Fungsi"
    STRATEGY = "STRATEGY", "Strategi"
    POLICY = "POLICY", "Arah kebijakan"


class Employment(TextChoices):
    """How a member of the office's staff is employed."""

    PNS = "PNS", "PNS"
    PPPK = "PPPK", "PPPK"
    NON_ASN = "NON_ASN", "Non-ASN"


class PostClass(TextChoices):
    """The class of a post (UU 20/2023; eselon as printed in the staff tables of reports)."""

    ESELON_II = "ESELON_II", "Eselon II"
    ESELON_III_A = "ESELON_III_A", "Eselon III.a"
    ESELON_III_B = "ESELON_III_B", "Eselon III.b"
    ESELON_IV_A = "ESELON_IV_A", "Eselon IV.a"
    ESELON_IV_B = "ESELON_IV_B", "Eselon IV.b"
    FUNCTIONAL = "FUNCTIONAL", "Jabatan fungsional"
    STAFF = "STAFF", "Pelaksana"
    NON_ASN = "NON_ASN", "Tenaga non-ASN"


class FundingSource(TextChoices):
    """Where the money of a budget line comes from."""

    PAD = "PAD", "APBD"
    DBHCHT = "DBHCHT", "DBHCHT"
    DAK = "DAK", "DAK"
    APBN = "APBN", "APBN"
    OTHER = "OTHER", "Lainnya"


class EditionState(TextChoices):
    """Where an edition of the report stands."""

    DRAFT = "DRAFT", "Rancangan"
    REVIEWED = "REVIEWED", "Telah direviu"
    APPROVED = "APPROVED", "Disetujui"
    PUBLISHED = "PUBLISHED", "Diterbitkan"
    RESTATED = "RESTATED", "Diganti edisi baru"
    DROPPED = "DROPPED", "Dibatalkan"


class Answer(TextChoices):
    """An answer on a checklist."""

    YES = "YES", "Ya"
    NO = "NO", "Tidak"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Tidak berlaku"
