"""System checks: what must not be in production."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError

from accounts.models import User


@register(Tags.security, deploy=True)
def no_demo_logins(app_configs, **kwargs) -> list[Error]:
    """`check --deploy` fails in demo mode, and while demo logins (known passwords, no second factor) exist."""
    found = []
    if settings.DEMO_MODE:
        found.append(
            Error(
                "Mode demo menyala: akun demo bisa masuk tanpa faktor kedua dan surat terbaca di peramban.",
                hint="Hapus DEMO_MODE dari lingkungan.",
                id="accounts.E001",
            )
        )
    try:
        demo_users = User.objects.filter(is_demo=True).count()
    except DatabaseError as problem:
        return [
            *found,
            Error(
                f"Akun demo tidak bisa diperiksa: {type(problem).__name__}.",
                hint="Jalankan migrate pada basis data produksi, lalu periksa lagi.",
                id="accounts.E003",
            ),
        ]
    if demo_users:
        found.append(
            Error(
                f"Basis data ini berisi {demo_users} akun demo.",
                hint="Pakai basis data baru untuk produksi; data demo tidak dipindahkan.",
                id="accounts.E002",
            )
        )
    return found


@register(Tags.security, deploy=True)
def addresses_are_known(app_configs, **kwargs) -> list[Warning]:
    """`check --deploy` warns when mails would carry a wrong address, or all visitors would look like one."""
    found = []
    if not settings.SITE_URL:
        found.append(
            Warning(
                "SITE_URL kosong: tautan di surat yang dibuat tanpa permintaan web menunjuk ke 127.0.0.1.",
                hint="Isi SITE_URL dengan alamat lengkap situs, contohnya https://kerja.contoh.go.id.",
                id="accounts.W001",
            )
        )
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and not settings.TRUSTED_PROXY_COUNT:
        found.append(
            Warning(
                "Situs berdiri di belakang proksi, tetapi TRUSTED_PROXY_COUNT 0: semua pengunjung tampak satu alamat, "
                "sehingga batas percobaan mengunci semuanya sekaligus.",
                hint="Isi TRUSTED_PROXY_COUNT dengan banyaknya proksi yang menulis X-Forwarded-For.",
                id="accounts.W002",
            )
        )
    return found
