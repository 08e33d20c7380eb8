"""The thread, in a browser: a report becomes a record, is verified, and every number follows."""

import pytest

from accounts.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("e2e")]


def reports_on_the_page(office) -> str:
    with office.as_role(Role.PLANNER) as planner:
        planner.goto("/lkip/2023/angka/placement_reports/")
        return planner.page.locator(".big").inner_text()


def test_a_planner_walks_from_the_year_to_the_records(office):
    with office.as_role(Role.PLANNER) as planner:
        planner.goto("/lkip/2023/")
        planner.shoot("e2e-lkip")
        page = planner.page
        with page.expect_navigation():
            page.get_by_role("link", name="Persentase Tenaga Kerja Yang Ditempatkan", exact=True).click()
        assert page.locator(".big").inner_text() == "89,64\u00a0%"
        with page.expect_navigation():
            page.get_by_role("link", name="Laporan penempatan dari semua jalur").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Rekaman di balik angka: 1.835"
        assert "1–25 dari 1.835" in page.locator("main").inner_text()
        page.go_back()
        with page.expect_navigation():
            page.get_by_role("link", name="Kartu AK-1 yang terbit").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Rekaman di balik angka: 2.047"
        assert "•••" in page.locator("table.t tbody").inner_text()


def test_a_verified_report_moves_the_figure_and_its_records(office):
    before = reports_on_the_page(office)
    assert before.startswith("1.835")
    with office.as_role(Role.PLACEMENT_OFFICER) as officer:
        page = officer.page
        officer.goto("/penempatan/laporan/")
        page.get_by_label("Keadaan").select_option(label="Menunggu pemeriksaan")
        page.get_by_role("button", name="Terapkan").click()
        # the list is swapped within the page: until then its first row is any report
        rows = page.locator("table.t tbody tr")
        rows.filter(has_not_text="Menunggu pemeriksaan").first.wait_for(state="detached")
        with page.expect_navigation():
            rows.locator("th a").first.click()
        assert "Menunggu pemeriksaan" in page.locator("main").inner_text()
        with page.expect_navigation():
            page.get_by_role("button", name="Verifikasi").click()
        assert "Terverifikasi" in page.locator("main").inner_text()
    assert reports_on_the_page(office).startswith("1.836")


def test_a_dispute_is_registered_and_counted(office):
    with office.as_role(Role.MEDIATOR) as mediator:
        page = mediator.page
        mediator.goto("/perselisihan/baru/")
        with page.expect_navigation():
            page.get_by_role("button", name="Simpan").or_(
                page.locator("main button.govuk-button")
            ).first.click()
        assert page.locator(".govuk-error-summary").is_visible()
        assert page.title().startswith("Galat:")
    with office.as_role(Role.PLANNER) as planner:
        planner.goto("/lkip/2023/angka/disputes_registered/")
        assert planner.page.locator(".big").inner_text().startswith("31")


def test_without_scripts_a_list_is_searched_filtered_and_exported(office):
    with office.as_role(Role.PLACEMENT_OFFICER, scripts=False) as officer:
        page = officer.page
        officer.goto("/petugas/kartu/")
        everything = page.locator("#daftar").inner_text()
        page.locator("form.tools select").first.select_option(index=1)
        with page.expect_navigation():
            page.get_by_role("button", name="Terapkan").click()
        assert "?" in page.url
        assert page.locator("#daftar").inner_text() != everything
        with page.expect_download() as loading:
            page.get_by_role("link", name="CSV").first.click()
        rows = loading.value.path().read_text(encoding="utf-8-sig").count("\n")
        assert rows > 2


def test_nobody_is_shown_the_report_without_signing_in(office):
    with office.as_role() as visitor:
        visitor.goto("/lkip/2023/")
        assert "/akun/masuk/" in visitor.page.url
