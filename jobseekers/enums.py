"""Choices of the job seekers' room: value in English, label in Indonesian."""

from django.db.models import IntegerChoices, TextChoices


class Sex(TextChoices):
    """Sex as on the KTP; the NIK says it too."""

    MALE = "M", "Laki-laki"
    FEMALE = "F", "Perempuan"


class MaritalStatus(TextChoices):
    """Marital status as on the KTP."""

    MARRIED = "MARRIED", "Kawin"
    SINGLE = "SINGLE", "Belum kawin"
    DIVORCED = "DIVORCED", "Cerai hidup"
    WIDOWED = "WIDOWED", "Cerai mati"


class Religion(TextChoices):
    """Religion as on the KTP, in the order of the AK/I form."""

    ISLAM = "ISLAM", "Islam"
    CATHOLIC = "CATHOLIC", "Katolik"
    PROTESTANT = "PROTESTANT", "Kristen Protestan"
    HINDU = "HINDU", "Hindu"
    BUDDHIST = "BUDDHIST", "Buddha"
    CONFUCIAN = "CONFUCIAN", "Konghucu"
    OTHER = "OTHER", "Kepercayaan terhadap Tuhan YME"


class NikMethod(TextChoices):
    """How a NIK was found to be the person's own."""

    KTP_SEEN = "KTP_SEEN", "KTP dilihat petugas"
    DUKCAPIL = "DUKCAPIL", "Dicocokkan dengan Dukcapil"


class ApplicationKind(TextChoices):
    """What is asked for. A card has the kind of the application it answers."""

    NEW = "NEW", "Baru"
    RENEWAL = "RENEWAL", "Perpanjangan"
    REPLACEMENT = "REPLACEMENT", "Penggantian"


class ReplacementReason(TextChoices):
    """Why a card that still holds is replaced."""

    LOST = "LOST", "Kartu hilang"
    DAMAGED = "DAMAGED", "Kartu rusak"
    DATA_CHANGED = "DATA_CHANGED", "Data pada kartu berubah"


class Origin(TextChoices):
    """Where the application was filled in."""

    ONLINE = "ONLINE", "Daring"
    DESK = "DESK", "Di loket"
    BKK = "BKK", "Lewat BKK"


class ApplicationState(TextChoices):
    """States of an AK-1 application."""

    DRAFT = "DRAFT", "Draf"
    SUBMITTED = "SUBMITTED", "Menunggu pemeriksaan"
    RETURNED = "RETURNED", "Dikembalikan untuk diperbaiki"
    APPROVED = "APPROVED", "Disetujui"
    REJECTED = "REJECTED", "Ditolak"
    WITHDRAWN = "WITHDRAWN", "Dibatalkan pemohon"


OPEN_APPLICATION = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.RETURNED)
"""Not yet decided; a person has at most one application in these states."""

EDITABLE_APPLICATION = (ApplicationState.DRAFT, ApplicationState.RETURNED)
"""The applicant may still change the answers."""


class CardState(TextChoices):
    """States of a card. Only ACTIVE has no end day."""

    ACTIVE = "ACTIVE", "Berlaku"
    REPLACED = "REPLACED", "Diganti kartu baru"
    EXPIRED = "EXPIRED", "Habis masa berlaku"
    REMOVED = "REMOVED", "Dihapus dari daftar"
    PLACED = "PLACED", "Sudah bekerja"


class RemovalReason(TextChoices):
    """Why a person leaves the register of job seekers without a placement."""

    WITHDREW = "WITHDREW", "Mengundurkan diri"
    FOUND_WORK = "FOUND_WORK", "Bekerja di luar penempatan Dinas"
    MOVED = "MOVED", "Pindah domisili"
    DIED = "DIED", "Meninggal dunia"
    DOUBLE = "DOUBLE", "Terdaftar ganda"
    NO_REPORT = "NO_REPORT", "Tidak melapor"


class Reach(TextChoices):
    """Kind of placement by distance (antar kerja)."""

    AKL = "AKL", "Antar Kerja Lokal (AKL)"
    AKAD = "AKAD", "Antar Kerja Antar Daerah (AKAD)"
    AKAN = "AKAN", "Antar Kerja Antar Negara (AKAN)"


class EmployerClass(IntegerChoices):
    """Who takes the job seeker on: the six classes of form IPK III/8."""

    GOVERNMENT = 1, "Instansi pemerintah"
    STATE_COMPANY = 2, "BUMN/BUMD"
    COOPERATIVE = 3, "Koperasi"
    PRIVATE_COMPANY = 4, "Perusahaan swasta"
    OTHER_BODY = 5, "Badan usaha lainnya"
    PERSON = 6, "Perorangan"


class EventKind(TextChoices):
    """What happens in an episode of looking for work."""

    REGISTERED = "REGISTERED", "Terdaftar"
    REPORTED = "REPORTED", "Melapor"
    PLACED = "PLACED", "Ditempatkan"
    REMOVED = "REMOVED", "Dihapus"
    EXPIRED = "EXPIRED", "Habis masa berlaku"
    CORRECTED_OUT = "CORRECTED_OUT", "Koreksi: keluar dari sel"
    CORRECTED_IN = "CORRECTED_IN", "Koreksi: masuk ke sel"


CLOSING_EVENTS = (EventKind.PLACED, EventKind.REMOVED, EventKind.EXPIRED)
"""Each of these ends the episode; an episode has at most one."""

GROWING_EVENTS = (EventKind.REGISTERED, EventKind.CORRECTED_IN)
"""They add one registered person to their cell."""

SHRINKING_EVENTS = (*CLOSING_EVENTS, EventKind.CORRECTED_OUT)
"""They take one registered person out of their cell."""


class AgeGroup(TextChoices):
    """Age groups of the IPK forms, in completed years."""

    UNDER_15 = "0-14", "di bawah 15 tahun"
    A15_19 = "15-19", "15–19 tahun"
    A20_29 = "20-29", "20–29 tahun"
    A30_44 = "30-44", "30–44 tahun"
    A45_54 = "45-54", "45–54 tahun"
    A55_UP = "55+", "55 tahun ke atas"


AGE_GROUP_STARTS: tuple[tuple[int, AgeGroup], ...] = (
    (55, AgeGroup.A55_UP),
    (45, AgeGroup.A45_54),
    (30, AgeGroup.A30_44),
    (20, AgeGroup.A20_29),
    (15, AgeGroup.A15_19),
    (0, AgeGroup.UNDER_15),
)
"""(first age of the group in years, group), oldest first."""


class DesiredRegion(TextChoices):
    """Where a person wants to work; it says which kind of placement (AKL, AKAD, AKAN) fits."""

    LOCAL = "LOCAL", "Di kota ini dan sekitarnya"
    OTHER_REGION = "OTHER_REGION", "Daerah lain di Indonesia"
    ABROAD = "ABROAD", "Luar negeri"


class SkillLevel(TextChoices):
    """How well a person does something, by their own word."""

    BASIC = "BASIC", "Dasar"
    GOOD = "GOOD", "Menengah"
    EXPERT = "EXPERT", "Mahir"


class DisabilityKind(TextChoices):
    """Kinds of disability (UU 8/2016 Ps 4)."""

    PHYSICAL = "PHYSICAL", "Fisik"
    INTELLECTUAL = "INTELLECTUAL", "Intelektual"
    MENTAL = "MENTAL", "Mental"
    VISUAL = "VISUAL", "Sensorik netra"
    HEARING = "HEARING", "Sensorik rungu"
    SPEECH = "SPEECH", "Sensorik wicara"
    MULTIPLE = "MULTIPLE", "Ganda atau multi"


class DocumentKind(TextChoices):
    """Documents that an office may ask for; which of them is a policy."""

    KTP = "KTP", "KTP"
    KK = "KK", "Kartu Keluarga"
    DIPLOMA = "DIPLOMA", "Ijazah atau surat keterangan lulus"
    SKILL_CERTIFICATE = "SKILL_CERTIFICATE", "Sertifikat keterampilan"
    EXPERIENCE_LETTER = "EXPERIENCE_LETTER", "Surat pengalaman kerja"
    LOSS_REPORT = "LOSS_REPORT", "Surat kehilangan dari kepolisian"


class DocumentState(TextChoices):
    """What an officer found about a document."""

    UNCHECKED = "UNCHECKED", "Belum diperiksa"
    ACCEPTED = "ACCEPTED", "Diterima"
    REFUSED = "REFUSED", "Perlu diganti"


class BookingState(TextChoices):
    """What became of a booked visit."""

    BOOKED = "BOOKED", "Terjadwal"
    CANCELLED = "CANCELLED", "Dibatalkan"
    ATTENDED = "ATTENDED", "Hadir"
    NO_SHOW = "NO_SHOW", "Tidak hadir"


class HolderStatus(TextChoices):
    """What the holder of a card says every six months."""

    LOOKING = "LOOKING", "Masih mencari kerja"
    WORKING = "WORKING", "Sudah bekerja"
    SELF_EMPLOYED = "SELF_EMPLOYED", "Berusaha sendiri"
    STUDYING = "STUDYING", "Melanjutkan sekolah atau kuliah"


class ReportChannel(TextChoices):
    """How a six-monthly report came in."""

    ACCOUNT = "ACCOUNT", "Lewat akun"
    LINK = "LINK", "Lewat tautan sekali pakai"
    DESK = "DESK", "Di loket"


class LinkPurpose(TextChoices):
    """What a mailed one-time link is good for."""

    SIX_MONTH_REPORT = "SIX_MONTH_REPORT", "Laporan enam bulanan"
    CONFIRM_DRAFT = "CONFIRM_DRAFT", "Konfirmasi data dari BKK"


class RequestKind(TextChoices):
    """Rights of a person over their data (UU 27/2022 Ps 5-13)."""

    CORRECTION = "CORRECTION", "Pembetulan data"
    ERASURE = "ERASURE", "Penghapusan data"
    RESTRICTION = "RESTRICTION", "Pembatasan pemrosesan"
    OBJECTION = "OBJECTION", "Keberatan atas pemrosesan"


class RequestState(TextChoices):
    """Where a request about personal data stands."""

    OPEN = "OPEN", "Menunggu jawaban"
    GRANTED = "GRANTED", "Dikabulkan"
    REFUSED = "REFUSED", "Ditolak dengan alasan"
    WITHDRAWN = "WITHDRAWN", "Ditarik pemohon"


class BreachState(TextChoices):
    """Where the handling of a data breach stands."""

    OPEN = "OPEN", "Ditangani"
    NOTIFIED = "NOTIFIED", "Sudah diberitahukan"
    CLOSED = "CLOSED", "Selesai"


class FindingLevel(TextChoices):
    """What a pre-check's result means: an error stops sending, a warning is told, a task is an officer's work."""

    ERROR = "ERROR", "Harus diperbaiki"
    WARNING = "WARNING", "Perlu diperhatikan"
    TASK = "TASK", "Untuk petugas"


class DocumentDemand(TextChoices):
    """What the office's policy says about a kind of document."""

    REQUIRED = "REQUIRED", "Wajib"
    OPTIONAL = "OPTIONAL", "Boleh dilampirkan"
    OFF = "OFF", "Tidak diminta"
