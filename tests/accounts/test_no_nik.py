"""No NIK in clear anywhere at rest: database, log, session, cache keys, queue, mail."""

import logging
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from accounts import services
from accounts.enums import Role
from accounts.models import NikClaim, User
from tests.accounts.conftest import PASSWORD


def everything_stored() -> bytes:
    """Every value of every column of every table, as the database gives it back."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    if isinstance(value, memoryview | bytes):
                        found.append(bytes(value))
                    elif value is not None:
                        found.append(str(value).encode())
    return b"\0".join(found)


def spellings(nik: str) -> list[bytes]:
    return [nik.encode(), nik.encode("utf-16-le"), nik.encode("utf-16-be")]


@pytest.mark.django_db(transaction=True)
def test_a_nik_is_nowhere_in_clear(
    client, nik, other_nik, deliver, link_in, user_with, client_as, caplog, settings
):
    caplog.set_level(logging.DEBUG)
    officer = client_as(Role.PLACEMENT_OFFICER)
    data = {"full_name": "Siti Aminah", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/akun/daftar/", {"nik": nik, "email": "siti@contoh.test"})
    client.post(link_in(deliver()[-1]), data)
    client.post("/akun/keluar/")
    client.post("/akun/masuk/", {"login": nik, "password": "salah sekali"})
    client.post("/akun/masuk/", {"login": nik, "password": PASSWORD})
    client.post("/akun/keluar/")
    client.post("/akun/lupa-sandi/", {"login": nik})
    client.post("/akun/daftar/", {"nik": other_nik, "email": "menunggu@contoh.test"})
    client.post("/akun/daftar/", {"nik": nik, "email": "lain@contoh.test"})
    mails = deliver()
    client.post(link_in(mails[-1]), data)
    claim = NikClaim.objects.get()
    officer.post(
        reverse("accounts:claim_detail", args=[claim.uid]), {"langkah": "reveal", "comment": "periksa KTP"}
    )
    services.decide_claim(claim, "refuse", actor=officer.user, version=1, comment=f"Bukan {nik}")
    mails = deliver()
    assert User.objects.get(email="siti@contoh.test").identifier
    stored = everything_stored()
    assert b"siti@contoh.test" in stored  # the search does see what is there
    logged = caplog.text.encode()
    mailed = "\n".join(f"{mail.subject}\n{mail.body}" for mail in mails).encode()
    for number in (nik, other_nik):
        for text in spellings(number):
            assert text not in stored
            assert text not in logged
            assert text not in mailed
    if connection.vendor == "sqlite":
        for file in Path(connection.settings_dict["NAME"]).parent.glob("test.sqlite3*"):
            content = file.read_bytes()
            assert not [text for number in (nik, other_nik) for text in spellings(number) if text in content]


@pytest.mark.django_db
def test_a_malformed_nik_is_not_repeated_in_the_log(client, caplog):
    caplog.set_level(logging.DEBUG)
    typed = "3277017902009001"
    assert client.post("/akun/daftar/", {"nik": typed, "email": "a@b.test"}).status_code == 422
    assert typed not in caplog.text
    assert typed.encode() not in everything_stored()


@pytest.mark.django_db
def test_no_address_of_the_app_can_carry_one(client, nik):
    response = client.get(f"/akun/masuk/?next=/?q={nik}")
    assert response.status_code == 200
    assert not client.session.items()
