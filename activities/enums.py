"""Choices of the activities app: value in English, label in Indonesian."""

from django.db.models import TextChoices


class ActivityKind(TextChoices):
    """What the office did."""

    SOCIALISATION = "SOCIALISATION", "Sosialisasi"
    TECHNICAL_GUIDANCE = "TECHNICAL_GUIDANCE", "Bimbingan teknis"
    OPERATOR_TRAINING = "OPERATOR_TRAINING", "Pelatihan operator aplikasi"
    JOB_GUIDANCE = "JOB_GUIDANCE", "Penyuluhan dan bimbingan jabatan"
    IN_HOUSE_TRAINING = "IN_HOUSE_TRAINING", "Pelatihan di tempat (in-house training)"
    EMPLOYMENT_EXPANSION = "EMPLOYMENT_EXPANSION", "Perluasan kesempatan kerja"
    TRANSMIGRATION = "TRANSMIGRATION", "Transmigrasi"
    DISABILITY_SERVICE = "DISABILITY_SERVICE", "Layanan disabilitas (ULD)"
    MEETING = "MEETING", "Rapat atau forum"
    VISIT = "VISIT", "Kunjungan dan pembinaan perusahaan"
    OTHER = "OTHER", "Kegiatan lain"


class ParticipantCategory(TextChoices):
    """Who took part."""

    JOB_SEEKER = "JOB_SEEKER", "Pencari kerja"
    WORKER = "WORKER", "Pekerja"
    COMPANY = "COMPANY", "Wakil perusahaan"
    UNION = "UNION", "Wakil serikat pekerja"
    BKK = "BKK", "Pengelola BKK"
    LPK = "LPK", "Pengelola LPK"
    STUDENT = "STUDENT", "Pelajar atau mahasiswa"
    DISABLED = "DISABLED", "Penyandang disabilitas"
    STAFF = "STAFF", "Aparatur"
    PUBLIC = "PUBLIC", "Masyarakat umum"


class ActivityState(TextChoices):
    """A recorded activity counts; a struck one stays readable but counts nowhere."""

    RECORDED = "RECORDED", "Tercatat"
    STRUCK = "STRUCK", "Dicoret"
