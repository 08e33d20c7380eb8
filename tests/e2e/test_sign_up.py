"""A job seeker from nothing: sign up with NIK and e-mail, read the mail, set a password, start the AK-1."""

from datetime import date

import pytest

from core.personal import make_nik
from tests.e2e.conftest import newest_mail

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("e2e")]
PASSWORD = "kebun-teh-lembang-27"


def test_sign_up_mail_password_and_ak1(office):
    with office.as_role(width=360) as phone:
        page = phone.page
        phone.goto("/akun/daftar/")
        page.fill("input[name=nik]", make_nik("327702", date(2003, 4, 5), "F", 9998))
        page.fill("input[name=email]", "baru@contoh.example")
        page.locator("main button[type=submit]").click()
        assert "/terkirim/" in page.url
        newest_mail(phone, "baru@contoh.example")
        page.locator("main a[href*='/akun/daftar/']").first.click()
        page.locator("input[name=full_name]").fill("Rini Contoh Rekaan")
        for field in page.locator("input[type=password]").all():
            field.fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        phone.goto("/ak1/")
        assert phone.overflow() <= 0
        assert page.get_by_role("heading", level=1).is_visible()
        phone.shoot("e2e-ak1-360")
