"""System checks: production must be able to send mail."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def outbox_reaches_people(app_configs, **kwargs) -> list[Error]:
    """`check --deploy` fails when mail would end in a folder or on the console."""
    if settings.OUTBOX_EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        return []
    return [
        Error(
            "Surat elektronik tidak dikirim ke mana-mana.",
            hint="Isi EMAIL_URL (contoh: smtp+tls://pengguna:sandi@mail.contoh.go.id:587) dan DEFAULT_FROM_EMAIL.",
            id="messaging.E001",
        )
    ]
