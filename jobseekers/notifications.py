"""What applicants and officers are told, in the application's own pages and by mail. No NIK, no card number."""

from datetime import timedelta

from django.urls import reverse

from accounts.enums import Role
from accounts.links import absolute
from accounts.selectors import users_with_role
from core import clock
from core.formats import date_long, datetime_long
from jobseekers.enums import RequestState
from jobseekers.models import AK1Application, AK1Card, Breach, DataRequest, JobSeeker, VisitBooking
from jobseekers.services import links
from messaging.services import FORGET, notify, send_email

_CLOSING = "\n\nPesan ini dikirim otomatis. Semua layanan Dinas gratis."


def _reach(person: JobSeeker, title: str, body: str, *, url: str, key: str, go: str = "") -> None:
    """A notice for who has an account, and a mail; with `go` the mail leads to the same page as the notice."""
    if person.user is not None:
        notify(person.user, title, body, url, key)
    to = address_of(person)
    if to:
        way = f"\n\n{go}:\n{absolute(url)}" if go and person.user is not None else ""
        send_email(to, title, f"Yth. {person.full_name},\n\n{body}{way}{_CLOSING}", key=f"mail:{key}")


def _tell(application: AK1Application, title: str, body: str, go: str = "Buka permohonan Anda") -> None:
    url = reverse("jobseekers:my_application", args=[application.uid])
    key = f"ak1:{application.uid}:{application.version}"
    _reach(application.jobseeker, title, body, url=url, key=key, go=go)


def submitted(application: AK1Application) -> None:
    """Confirm the receipt with the reference number."""
    _tell(
        application,
        "Permohonan AK-1 sudah kami terima",
        f"Nomor permohonan {application.reference}. Petugas memeriksa berkas menurut urutan masuk. "
        "Anda mendapat kabar begitu ada keputusan.",
    )


def returned(application: AK1Application) -> None:
    """Say exactly what is to be mended."""
    _tell(
        application,
        "Permohonan AK-1 perlu Anda perbaiki",
        f"Petugas menulis: {application.officer_note}\n\nPerbaiki lalu kirim lagi. "
        "Urutan Anda di antrean tetap.",
        go="Buka yang perlu diperbaiki",
    )


def approved(application: AK1Application, card: AK1Card) -> None:
    """Say that the card is ready and how long it holds, with the way to it."""
    _reach(
        application.jobseeker,
        "Kartu AK-1 Anda sudah terbit",
        f"Kartu berlaku sampai {date_long(card.valid_until)}. Buka halaman kartu untuk mengunduh dan mencetak.",
        url=reverse("jobseekers:my_card", args=[card.uid]),
        key=f"ak1:{application.uid}:{application.version}",
        go="Buka kartu Anda",
    )


def removed(card: AK1Card) -> None:
    """Tell the holder that the card ended before its time, why, and what can be done about it."""
    _reach(
        card.jobseeker,
        "Kartu AK-1 Anda tidak berlaku lagi",
        f"Anda dihapus dari daftar pencari kerja mulai {date_long(card.ended_on)}. "
        f"Alasan: {card.get_removal_reason_display().lower()}. Bila ini keliru, hubungi loket Dinas; "
        "bila Anda masih mencari kerja, ajukan kartu baru.",
        url=reverse("jobseekers:my_card", args=[card.uid]),
        key=f"ak1-removed:{card.uid}",
        go="Buka kartu Anda",
    )


def rejected(application: AK1Application) -> None:
    """Give the reason."""
    _tell(
        application,
        "Permohonan AK-1 ditolak",
        f"Alasan: {application.officer_note}\n\nBila ada yang ingin ditanyakan, hubungi loket Dinas.",
    )


def address_of(person: JobSeeker) -> str:
    """Where mail reaches the person, or ""."""
    return person.email or (person.user.email if person.user is not None else "")


def request_made(request: DataRequest, officers: list) -> None:
    """Tell the data protection officers that the clock runs."""
    for officer in officers:
        notify(
            officer,
            f"Permintaan data pribadi: {request.get_kind_display()}",
            f"Nomor {request.reference}. Dijawab paling lambat {datetime_long(request.due_at)}.",
            reverse("jobseekers:data_request_detail", args=[request.uid]),
            f"pdp:{request.uid}",
        )


def request_answered(request: DataRequest, person: JobSeeker, address: str) -> None:
    """Give the person the answer."""
    outcome = "dikabulkan" if request.state == RequestState.GRANTED else "ditolak"
    title = f"Permintaan {request.get_kind_display().lower()} {outcome}"
    body = f"Nomor {request.reference}. Jawaban kami: {request.answer}"
    key = f"pdp-answer:{request.uid}"
    if person.user is not None:
        notify(person.user, title, body, reverse("jobseekers:my_request", args=[request.uid]), key)
    if address:
        text = f"Yth. {person.full_name},\n\n{body}{_CLOSING}"
        send_email(address, title, text, key=f"mail:{key}")


def erased(request: DataRequest, address: str) -> None:
    """The last mail: the data are gone. Its address goes from the outbox once it is sent (key "erased:")."""
    if address:
        text = (
            f"Permintaan {request.reference} dikabulkan. Data pribadi Anda sudah dihapus dari sistem kami. Yang "
            f"tinggal hanya hitungan statistik tanpa nama.{_CLOSING}"
        )
        send_email(address, "Data pribadi Anda sudah dihapus", text, key=f"{FORGET}{request.uid}")


def breach_told(breach: Breach, person: JobSeeker) -> None:
    """The written notice of UU 27/2022 Ps 46: which data, when and how, and what was done."""
    title = "Pemberitahuan: kegagalan pelindungan data pribadi Anda"
    until = f" sampai {date_long(clock.local(breach.happened_until).date())}" if breach.happened_until else ""
    body = (
        f"Data yang terkena: {breach.data_kinds}. Terjadi sejak "
        f"{date_long(clock.local(breach.happened_from).date())}{until}, kami ketahui "
        f"{datetime_long(breach.found_at)}.\n\nBagaimana terjadi: {breach.cause}\n\n"
        f"Penanganan kami: {breach.handling}"
    )
    key = f"breach:{breach.uid}:{person.uid}"
    if person.user is not None:
        notify(person.user, title, body[:1000], reverse("jobseekers:my_privacy"), key)
    address = address_of(person)
    if address:
        send_email(address, title, f"Yth. {person.full_name},\n\n{body}{_CLOSING}", key=f"mail:{key}")


def report_due(card: AK1Card, slot, *, token: str, days: int) -> None:
    """Remind of a six-monthly report: a notice for who has an account, a mail with a one-time link."""
    person, key = card.jobseeker, f"ak1-report:{card.uid}:{slot.number}"
    title = f"Waktunya lapor: {slot.name.lower()} kartu AK-1"
    until = f"Kirim laporan paling lambat {date_long(slot.closes)}. Hanya perlu satu menit, gratis."
    if person.user is not None:
        notify(person.user, title, until, reverse("jobseekers:my_report", args=[card.uid]), key)
    to = address_of(person)
    if not to:
        return
    link = absolute(reverse("jobseekers:link_report", args=[token]))
    body = (
        f"Yth. {person.full_name},\n\n{until}\n\nBuka tautan ini untuk melapor tanpa masuk ke akun:\n{link}\n\n"
        f"Tautan hanya untuk Anda, bisa dipakai satu kali, dan berlaku {days} hari. Jangan teruskan e-mail ini."
        f"{_CLOSING}"
    )
    send_email(to, title, body, key=f"mail:{key}", expires_at=clock.machine_now() + timedelta(days=days))


def confirm_draft(application: AK1Application, token: str) -> None:
    """Mail a school leaver the link to the draft that their BKK prepared."""
    person, school = application.jobseeker, application.via_institution.name
    link = absolute(reverse("jobseekers:confirm_draft", args=[token]))
    send_email(
        person.email,
        "Periksa draf kartu AK-1 Anda",
        f"Yth. {person.full_name},\n\n{school} menyiapkan permohonan kartu AK-1 (kartu kuning) untuk Anda. "
        f"Buka tautan ini untuk memeriksanya:\n\n{link}\n\nTidak ada yang dikirim ke Dinas sebelum Anda sendiri "
        f"mengirimnya. Bila Anda bukan lulusan {person.education_school}, abaikan surat ini.{_CLOSING}",
        key=f"draft:{application.uid}:{links.digest_of(token).hex()[:16]}",
    )


def known_leaver(application: AK1Application) -> None:
    """Tell the officers that a leaver's draft belongs to somebody who has data here already."""
    for officer in users_with_role(Role.PLACEMENT_OFFICER):
        notify(
            officer,
            "Data lulusan perlu digabung",
            "Seorang lulusan membuka draf dari BKK, tetapi datanya sudah ada di akunnya. Bandingkan, lalu gabungkan.",
            reverse("jobseekers:person_detail", args=[application.jobseeker.uid]),
            f"known-leaver:{application.uid}",
        )


def _tell_of_visit(booking: VisitBooking, title: str, body: str, key: str) -> None:
    _reach(booking.jobseeker, title, body, url=reverse("jobseekers:my_visit"), key=key, go="Kunjungan Anda")


def _when(booking: VisitBooking) -> str:
    slot = booking.slot
    return f"{date_long(slot.day)} pukul {slot.starts_at:%H.%M}–{slot.ends_at:%H.%M}"


def visit_booked(booking: VisitBooking) -> None:
    """Confirm day and hour of a visit."""
    _tell_of_visit(
        booking,
        "Jadwal kunjungan Anda",
        f"Anda terjadwal datang ke kantor Dinas pada {_when(booking)}. Bawa KTP asli. "
        "Jadwal bisa Anda ubah atau batalkan di halaman kunjungan.",
        f"visit:{booking.uid}:{booking.version}",
    )


def visit_tomorrow(booking: VisitBooking) -> None:
    """Remind the day before."""
    _tell_of_visit(
        booking,
        "Besok jadwal kunjungan Anda",
        f"Anda ditunggu di kantor Dinas pada {_when(booking)}. Bawa KTP asli. "
        "Berhalangan? Ubah atau batalkan di halaman kunjungan.",
        f"visit-reminder:{booking.uid}:{booking.slot_id}",
    )


def asked_to_come(application: AK1Application) -> None:
    """Ask the applicant to choose a time at the office."""
    _reach(
        application.jobseeker,
        "Anda diminta datang ke kantor Dinas",
        f"Petugas perlu bertemu Anda untuk permohonan {application.reference}. "
        "Pilih hari dan jam kunjungan di halaman kunjungan, lalu bawa KTP asli.",
        url=reverse("jobseekers:my_visit"),
        key=f"ak1-come:{application.uid}:{application.version}",
        go="Pilih hari dan jam",
    )
