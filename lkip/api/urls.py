"""Addresses of the open API of the report."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from lkip.api import published

app_name = "lkip_api"
urlpatterns = [
    path("editions/", login_not_required(published.Editions.as_view()), name="editions"),
    path(
        "editions/<year:year>/",
        login_not_required(published.EditionFigures.as_view()),
        name="edition_figures",
    ),
]
