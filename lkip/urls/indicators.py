"""Addresses of indicators, measures and scales."""

from django.urls import path

from lkip.views import indicators

urlpatterns = [
    path("indikator/", indicators.IndicatorList.as_view(), name="indicator_list"),
    path("indikator/baru/", indicators.IndicatorNew.as_view(), name="indicator_new"),
    path("indikator/<uuid:uid>/", indicators.IndicatorPage.as_view(), name="indicator"),
    path("indikator/<uuid:uid>/ubah/", indicators.IndicatorEdit.as_view(), name="indicator_edit"),
    path("indikator/<uuid:uid>/versi/", indicators.IndicatorVersionNew.as_view(), name="indicator_version"),
    path("ukuran/", indicators.MeasureList.as_view(), name="measure_list"),
    path("skala/", indicators.ScaleList.as_view(), name="scale_list"),
    path("skala/baru/", indicators.ScaleNew.as_view(), name="scale_new"),
    path("skala/<uuid:uid>/ubah/", indicators.ScaleEdit.as_view(), name="scale_edit"),
]
