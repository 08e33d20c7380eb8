"""Addresses of the activities app."""

from django.urls import path

from activities.views import register

app_name = "activities"

urlpatterns = [
    path("kegiatan/", register.ActivityList.as_view(), name="activity_list"),
    path("kegiatan/baru/", register.ActivityNew.as_view(), name="activity_new"),
    path("kegiatan/<uuid:uid>/", register.ActivityDetail.as_view(), name="activity_detail"),
    path("kegiatan/<uuid:uid>/ubah/", register.ActivityEdit.as_view(), name="activity_edit"),
]
