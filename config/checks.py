"""What must not be so in an installation: `manage.py check`, and more of it with `--deploy`."""

import os

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from core.models.agency import AgencyProfile

KEYS = ("PERSONAL_DATA_KEYS", "BLIND_INDEX_KEY", "CARD_SIGNING_KEY")


@register(Tags.compatibility)
def one_web_process_without_redis(app_configs, **_kwargs) -> list[CheckMessage]:
    """Refuse several web processes that would each count sign-in attempts for themselves."""
    if settings.WEB_CONCURRENCY > 1 and not settings.REDIS_URL:
        return [
            Error(
                f"WEB_CONCURRENCY={settings.WEB_CONCURRENCY} tanpa REDIS_URL: batas percobaan masuk dihitung "
                "terpisah di tiap proses.",
                hint="Isi REDIS_URL, atau pakai satu proses web (WEB_CONCURRENCY=1) dengan beberapa thread.",
                id="sidakep.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def safe_settings(app_configs, **_kwargs) -> list[CheckMessage]:
    """Name every setting that is only fit for development or a demonstration."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(Error("DEBUG menyala.", hint="Hapus DEBUG dari lingkungan.", id="sidakep.E002"))
    if settings.DEMO_MODE:
        found.append(Error("Mode demo menyala.", hint="Hapus DEMO_MODE dari lingkungan.", id="sidakep.E003"))
    missing = [name for name in KEYS if not os.environ.get(name)]
    if missing:
        found.append(
            Error(
                f"Kunci belum diisi: {', '.join(missing)}. Kunci turunan SECRET_KEY tidak aman.",
                hint="Buat kunci acak 32 byte (base64); lihat docs/operations.md.",
                id="sidakep.E004",
            )
        )
    if connection.vendor == "sqlite":
        found.append(
            Warning("Basis data SQLite.", hint="Isi DATABASE_URL dengan PostgreSQL.", id="sidakep.W001")
        )
    return found


@register(Tags.security, deploy=True)
def no_demo_traces(app_configs, **_kwargs) -> list[CheckMessage]:
    """Look in the database for what a demonstration leaves behind: logins without second factor, a held day."""
    found: list[CheckMessage] = []
    try:
        logins = get_user_model().objects.filter(is_demo=True).count()
        held = AgencyProfile.objects.filter(demo_date__isnull=False).exists()
    except DatabaseError as problem:
        return [
            Error(
                f"Basis data tidak dapat dibaca: {type(problem).__name__}.",
                hint="Periksa DATABASE_URL, lalu jalankan migrate.",
                id="sidakep.E005",
            )
        ]
    if logins:
        found.append(
            Error(
                f"Ada {logins} akun demo, yang masuk tanpa faktor kedua.",
                hint="Pakai basis data yang tidak berisi demo.",
                id="sidakep.E006",
            )
        )
    if held:
        found.append(
            Error(
                "Profil dinas memakai tanggal demo; sistem tidak mengikuti hari ini.",
                hint="Kosongkan tanggal demo pada profil dinas.",
                id="sidakep.E007",
            )
        )
    return found
