"""Closed lists of the performance report."""

from django.db.models import TextChoices


class Level(TextChoices):
    """Where an indicator stands in the plan."""

    GOAL = "GOAL", "Indikator tujuan"
    IKU = "IKU", "Indikator kinerja utama"
    PROGRAMME = "PROGRAMME", "Indikator program"
    COMPANION = "COMPANION", "Angka pendamping"
    SUPPORT = "SUPPORT", "Angka pendukung"


class Direction(TextChoices):
    """Which way is better."""

    UP = "UP", "Makin tinggi makin baik"
    DOWN = "DOWN", "Makin rendah makin baik"
    NONE = "NONE", "Tanpa arah"


class Formula(TextChoices):
    """Where an indicator's value comes from."""

    MEASURE = "MEASURE", "Dihitung dari rekaman"
    STATISTIC = "STATISTIC", "Statistik dari luar"
    SCORE = "SCORE", "Nilai penilai"
    RATIO = "RATIO", "Perbandingan dua angka"
    DIFFERENCE = "DIFFERENCE", "Selisih dua angka"
    CHANGE = "CHANGE", "Perubahan dari tahun sebelumnya"


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
