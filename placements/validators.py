"""Pure rules of a placement report, shared by form, import and service. Each returns what is wrong, or ""."""

import datetime as dt

from core import formats
from core.nik import age_on
from placements.enums import Channel, ContractType, EvidenceKind, Reach

OLDEST_START = dt.date(2000, 1, 1)


def start_problem(
    started_on: dt.date, *, today: dt.date, birth_date: dt.date | None, minimum_age: int
) -> str:
    """A job start lies neither in the future nor before the person was old enough to work."""
    if started_on > today:
        return f"Tanggal {formats.date_long(started_on)} belum tiba. Laporkan setelah orangnya mulai bekerja."
    if started_on < OLDEST_START:
        return f"Tanggal mulai bekerja paling awal {formats.date_long(OLDEST_START)}."
    if birth_date is not None and age_on(birth_date, started_on) < minimum_age:
        age = age_on(birth_date, started_on)
        return f"Pada tanggal itu umurnya {age} tahun; paling muda {minimum_age} tahun. Periksa tanggalnya."
    return ""


def service_problem(service_on: dt.date | None, *, today: dt.date) -> str:
    """The day of a service is a day that was."""
    if service_on is not None and service_on > today:
        return f"Tanggal {formats.date_long(service_on)} belum tiba."
    return ""


def reach_problem(channel: str, reach: str, destination: str, contract_type: str) -> dict[str, str]:
    """Where the job is must fit the channel: BKK do not place abroad (Permenaker 39/2016), CPMI only do."""
    problems = {}
    if channel == Channel.CPMI and reach != Reach.AKAN:
        problems["reach"] = "Jalur CPMI hanya untuk kerja di luar negeri. Pilih Antar Kerja Antar Negara."
    elif channel == Channel.BKK and reach == Reach.AKAN:
        problems["reach"] = "BKK tidak menempatkan ke luar negeri. Periksa jalur atau jenis antar kerjanya."
    if reach == Reach.AKAN and contract_type not in (ContractType.MIGRANT, ContractType.OWN_BUSINESS):
        problems["contract_type"] = "Untuk kerja di luar negeri pilih Perjanjian kerja luar negeri."
    elif reach != Reach.AKAN and contract_type == ContractType.MIGRANT:
        problems["contract_type"] = "Perjanjian kerja luar negeri hanya untuk Antar Kerja Antar Negara."
    if reach != Reach.AKL and not destination:
        problems["destination"] = "Isi kota atau negara tujuan."
    return problems


def evidence_problem(evidence_kind: str, *, own_business: bool) -> str:
    """A business is proved as a business, a job as a job."""
    if own_business and evidence_kind not in (EvidenceKind.BUSINESS_PROOF, EvidenceKind.SELF_REPORT):
        return "Untuk usaha sendiri pilih Bukti usaha atau Laporan sendiri."
    if not own_business and evidence_kind == EvidenceKind.BUSINESS_PROOF:
        return "Bukti usaha hanya untuk usaha sendiri."
    return ""


def primary_channel(services: list[tuple[str, dt.date | None]], started_on: dt.date) -> str:
    """Return the channel of the last service that was not after the job's start.

    `services` are (channel, day of service or None). A service without a day, or after the start, counts only when
    no other does; ties go to the channel that stands first in `Channel`. "" for no services.
    """
    order = {channel: -place for place, channel in enumerate(Channel.values)}

    def rank(service: tuple[str, dt.date | None]) -> tuple[dt.date, int]:
        channel, day = service
        return (day if day is not None and day <= started_on else dt.date.min, order[channel])

    return max(services, key=rank)[0] if services else ""
