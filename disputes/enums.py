"""Choices of the disputes app: value in English, label in Indonesian."""

from django.db.models import TextChoices


class DisputeKind(TextChoices):
    """The four kinds of dispute (UU 2/2004 Ps 2)."""

    RIGHTS = "RIGHTS", "Perselisihan hak"
    INTERESTS = "INTERESTS", "Perselisihan kepentingan"
    TERMINATION = "TERMINATION", "Perselisihan PHK"
    INTER_UNION = "INTER_UNION", "Perselisihan antarserikat dalam satu perusahaan"


class PartyKind(TextChoices):
    """Who asks for registration."""

    WORKER = "WORKER", "Pekerja"
    UNION = "UNION", "Serikat pekerja"
    EMPLOYER = "EMPLOYER", "Pengusaha"


class DisputeState(TextChoices):
    """Where a case stands (domain: UU 2/2004, Permenaker 17/2014)."""

    REGISTERED = "REGISTERED", "Tercatat"
    INCOMPLETE = "INCOMPLETE", "Berkas dikembalikan"
    OFFERED = "OFFERED", "Penawaran konsiliasi atau arbitrase"
    ASSIGNED = "ASSIGNED", "Dilimpahkan ke mediator"
    CLARIFICATION = "CLARIFICATION", "Klarifikasi"
    MEDIATION = "MEDIATION", "Sidang mediasi"
    RECOMMENDED = "RECOMMENDED", "Anjuran menunggu jawaban"
    AGREED = "AGREED", "Anjuran diterima, menyusun PB"
    CLOSED = "CLOSED", "Selesai"


class Outcome(TextChoices):
    """How a case ended."""

    NONE = "NONE", "Belum selesai"
    BIPARTITE_AGAIN = "BIPARTITE_AGAIN", "Sepakat bipartit ulang"
    SETTLEMENT_AGREEMENT = "SETTLEMENT_AGREEMENT", "Perjanjian bersama (PB)"
    RECOMMENDATION_ACCEPTED = "RECOMMENDATION_ACCEPTED", "Anjuran diterima"
    RECOMMENDATION_REJECTED = "RECOMMENDATION_REJECTED", "Anjuran ditolak"
    WITHDRAWN = "WITHDRAWN", "Dicabut pemohon"
    HANDED_OVER = "HANDED_OVER", "Diteruskan ke pihak lain"
    LAPSED = "LAPSED", "Ditutup, berkas tidak dilengkapi"


SETTLED = (
    Outcome.BIPARTITE_AGAIN,
    Outcome.SETTLEMENT_AGREEMENT,
    Outcome.RECOMMENDATION_ACCEPTED,
    Outcome.RECOMMENDATION_REJECTED,
    Outcome.WITHDRAWN,
)
"""Outcomes that count as settled by the office. A case handed over, or closed because its file stayed incomplete, is
closed but not settled."""


class HandedTo(TextChoices):
    """Who goes on with a case that left the office."""

    CONCILIATOR = "CONCILIATOR", "Konsiliator"
    ARBITRATOR = "ARBITRATOR", "Arbiter"
    PROVINCE = "PROVINCE", "Mediator provinsi"
    MINISTRY = "MINISTRY", "Mediator kementerian"
    INSPECTORATE = "INSPECTORATE", "Pengawas ketenagakerjaan"
