"""What applicants and officers are told, in the application's own pages and by mail. No NIK, no card number."""

from django.urls import reverse

from core.formats import date_long
from jobseekers.models import AK1Application, AK1Card
from messaging.services import notify, send_email

_CLOSING = "\n\nPesan ini dikirim otomatis. Semua layanan Dinas gratis."


def _tell(application: AK1Application, title: str, body: str) -> None:
    person = application.jobseeker
    key = f"ak1:{application.uid}:{application.version}"
    if person.user is not None:
        url = reverse("jobseekers:my_application", args=[application.uid])
        notify(person.user, title, body, url, key)
    to = person.email or (person.user.email if person.user is not None else "")
    if to:
        send_email(to, title, f"Yth. {person.full_name},\n\n{body}{_CLOSING}", key=f"mail:{key}")


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
    )


def approved(application: AK1Application, card: AK1Card) -> None:
    """Say that the card is ready and how long it holds."""
    _tell(
        application,
        "Kartu AK-1 Anda sudah terbit",
        f"Kartu berlaku sampai {date_long(card.valid_until)}. Buka halaman kartu untuk mengunduh dan mencetak.",
    )


def rejected(application: AK1Application) -> None:
    """Give the reason."""
    _tell(
        application,
        "Permohonan AK-1 ditolak",
        f"Alasan: {application.officer_note}\n\nBila ada yang ingin ditanyakan, hubungi loket Dinas.",
    )
