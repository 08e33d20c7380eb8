"""Addresses of the messaging app."""

from django.urls import path

from messaging.views import demo_mail, notices

app_name = "messaging"
urlpatterns = [
    path("pemberitahuan/", notices.notice_list, name="notices"),
    path("pemberitahuan/baca-semua/", notices.notice_all_read, name="notices_all_read"),
    path("pemberitahuan/<uuid:uid>/buka/", notices.notice_open, name="notice_open"),
    path("demo/surat/", demo_mail.mail_list, name="demo_mail_list"),
    path("demo/surat/<uuid:uid>/", demo_mail.mail_detail, name="demo_mail"),
]
