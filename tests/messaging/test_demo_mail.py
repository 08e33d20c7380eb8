"""The demo's letter box."""

import uuid
from pathlib import Path

import pytest

from config import sign_in
from core import jobs
from messaging.models import Message
from messaging.services import send_email

pytestmark = pytest.mark.django_db
PAGE = "/demo/surat/"


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """Demo mode with a letter box of its own."""
    settings.DEMO_MODE = True
    settings.OUTBOX_EMAIL_BACKEND = "messaging.backends.FolderBackend"
    settings.DEMO_MAIL_DIR = tmp_path / "surat"
    return settings.DEMO_MAIL_DIR


def post(
    key="satu", subject="Surat – pertama", body="Halo,\n\nbuka http://127.0.0.1:8000/akun/daftar/abc/\n"
):
    message = send_email("siti@contoh.test", subject, body, key=key)
    jobs.work_off()
    return message


def test_mails_become_files_that_the_browser_shows(client, folder):
    message = post()
    file = folder / f"{message.uid}.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    listed = client.get(PAGE).content.decode()
    assert "Surat – pertama" in listed
    assert "siti@contoh.test" in listed
    shown = client.get(f"{PAGE}{message.uid}/").content.decode()
    assert '<a href="http://127.0.0.1:8000/akun/daftar/abc/"' in shown


def test_a_mail_sent_again_is_the_same_file(folder):
    from messaging.channels import send_by_email

    message = post()
    send_by_email(Message.objects.get(pk=message.pk))
    assert [file.suffix for file in folder.iterdir()] == [".eml"]


def test_a_text_can_not_bring_markup(client, folder):
    message = post(subject="<script>x</script>", body="<img src=x onerror=alert(1)>")
    for page in (PAGE, f"{PAGE}{message.uid}/"):
        text = client.get(page).content.decode()
        assert "<script>x" not in text
        assert "<img src=x" not in text


def test_outside_demo_mode_there_is_nothing(client, folder, settings):
    message = post()
    settings.DEMO_MODE = False
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}{message.uid}/").status_code == 404


def test_an_empty_box_and_an_unknown_mail(client, folder):
    assert "Belum ada surat" in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}{uuid.uuid4()}/").status_code == 404
    assert client.get(f"{PAGE}../../etc/passwd/").status_code == 404
    assert client.post(PAGE).status_code == 405


def test_the_newest_come_first(client, folder):
    import os

    for number, key in enumerate(("satu", "dua")):
        message = post(key, f"Surat {key}")
        os.utime(folder / f"{message.uid}.eml", (number, number))
    text = client.get(PAGE).content.decode()
    assert text.index("Surat dua") < text.index("Surat satu")


def test_demo_mode_never_reaches_a_real_server(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://u:p@mail.contoh.test:587")
    demo = sign_in.mail_settings(demo=True, data_dir=tmp_path)
    assert demo["OUTBOX_EMAIL_BACKEND"] == "messaging.backends.FolderBackend"
    live = sign_in.mail_settings(demo=False, data_dir=tmp_path)
    assert live["OUTBOX_EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (live["EMAIL_HOST"], live["EMAIL_PORT"], live["EMAIL_USE_TLS"]) == ("mail.contoh.test", 587, True)
    assert live["EMAIL_BACKEND"] == "messaging.backends.OutboxEmailBackend"
