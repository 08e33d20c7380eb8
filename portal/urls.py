"""Addresses of the portal."""

from django.urls import path

from portal.views import front, guides, homes, pages, phone, search, settings

app_name = "portal"
urlpatterns = [
    path("", front.front, name="front"),
    path("manifest.webmanifest", phone.manifest, name="manifest"),
    path("ikon/<slug:name>.png", phone.icon, name="icon"),
    path("sw.js", phone.service_worker, name="service_worker"),
    path("luring/", phone.offline, name="offline"),
    path("beranda/", homes.home, name="home"),
    path("cari/", search.search, name="search"),
    path("data/", pages.data, name="data"),
    path("kebijakan/", settings.Settings.as_view(), name="settings"),
    path("kartu-ak1/", pages.ak1, name="ak1"),
    path("untuk-perusahaan/", pages.employers, name="employers"),
    path("hubungan-kerja/", pages.relations, name="relations"),
    path("panduan/pencari-kerja/", guides.jobseeker, name="guide_jobseeker"),
    path("panduan/pengantar-kerja/", guides.placement_officer, name="guide_placement_officer"),
    path("panduan/perencana/", guides.planner, name="guide_planner"),
    path("data-pribadi/", pages.privacy, name="privacy"),
    path("kemudahan-akses/", pages.accessibility, name="accessibility"),
]
