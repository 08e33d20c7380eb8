"""Accessibility: axe on every page that the menus of every role lead to, and one record of each list.

A page is visited once for each kind of role (public, job seeker, institution, staff): the shells differ by kind, the
content's template does not differ by role.
"""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from accounts.enums import OPERATOR_ROLES, STAFF_ROLES, Role

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.axe,
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("e2e"),
]
PUBLIC = [
    "/",
    "/data/",
    "/kartu-ak1/",
    "/akun/masuk/",
    "/akun/daftar/",
    "/kartu/periksa/",
    "/ak1/lapor/terkirim/",
    "/tidak-ada/",
]
seen: set[tuple[str, str]] = set()


def kind_of(role: str) -> str:
    if role in STAFF_ROLES:
        return "staff"
    return "institution" if role in OPERATOR_ROLES else "jobseeker"


def route(path: str) -> str:
    return resolve(urlsplit(path).path).view_name


def links(page, selector: str) -> list[str]:
    found = [link.get_attribute("href") for link in page.locator(selector).all()]
    return [
        href
        for href in dict.fromkeys(found)
        if href and href.startswith("/") and not href.startswith("/media")
    ]


def look(opened, path: str) -> list[str]:
    status = opened.goto(path)
    problems = [f"{path}: {line}" for line in opened.violations()]
    if status != 200 and path != "/tidak-ada/":
        problems.append(f"{path}: status {status}")
    if opened.overflow() > 0:
        problems.append(f"{path}: {opened.overflow()} px too wide")
    return problems


def test_public_pages(office):
    with office.as_role(width=360) as phone:
        assert [problem for path in PUBLIC for problem in look(phone, path)] == []


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_page_of_the_menu(office, role):
    kind = kind_of(role)
    problems = []
    with office.as_role(role, width=1280 if kind == "staff" else 360) as opened:
        opened.goto("/beranda/")
        menu = ["/beranda/", *links(opened.page, "nav.side a, .bar-2 a, nav a")]
        for path in menu:
            problems += _once(opened, kind, path, follow=True)
    assert problems == []


def _once(opened, kind: str, path: str, *, follow: bool) -> list[str]:
    name = route(path)
    if (kind, name) in seen or name in ("core:download", "accounts:account_logout"):
        return []
    seen.add((kind, name))
    problems = look(opened, path)
    if follow:
        inside = links(opened.page, "main table.t tbody th a, main .head .btns a")
        for inner in inside[:1] + inside[-1:]:
            if "format=" not in inner and not inner.endswith((".pdf", ".xlsx", ".csv", ".json")):
                problems += _once(opened, kind, inner, follow=False)
    return problems
