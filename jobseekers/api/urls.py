"""Addresses of the API."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from jobseekers.api import office, own
from jobseekers.services import applications

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("me/profile/", own.Profile.as_view(), name="profile"),
    path("me/photo/", own.Photo.as_view(), name="photo"),
    path("me/applications/", own.Applications.as_view(), name="own_applications"),
    path("me/applications/<uuid:uid>/", own.Application.as_view(), name="own_application"),
    path(
        "me/applications/<uuid:uid>/submit/",
        own.ApplicationStep.as_view(service=applications.submit),
        name="own_application_submit",
    ),
    path(
        "me/applications/<uuid:uid>/withdraw/",
        own.ApplicationStep.as_view(service=applications.withdraw),
        name="own_application_withdraw",
    ),
    path("me/cards/", own.Cards.as_view(), name="own_cards"),
    path("me/cards/<uuid:uid>/", own.Card.as_view(), name="own_card"),
    path("me/requests/", own.Requests.as_view(), name="own_requests"),
    path("me/requests/<uuid:uid>/", own.Request.as_view(), name="own_request"),
    path("me/requests/<uuid:uid>/withdraw/", own.RequestWithdraw.as_view(), name="own_request_withdraw"),
    path("me/consents/", own.Consents.as_view(), name="own_consents"),
    path("me/consents/<slug:purpose>/", own.ConsentOf.as_view(), name="own_consent"),
    path("me/looks/", own.Looks.as_view(), name="own_looks"),
    path("applications/", office.Queue.as_view(), name="applications"),
    path("applications/<uuid:uid>/", office.QueueFile.as_view(), name="application"),
    path("applications/<uuid:uid>/approve/", office.Approve.as_view(), name="application_approve"),
    path("applications/<uuid:uid>/return/", office.Return.as_view(), name="application_return"),
    path("applications/<uuid:uid>/reject/", office.Reject.as_view(), name="application_reject"),
    path("people/", office.People.as_view(), name="people"),
    path("people/<uuid:uid>/", office.Person.as_view(), name="person"),
    path("cards/", office.OfficeCards.as_view(), name="cards"),
    path("cards/<uuid:uid>/", office.OfficeCard.as_view(), name="card"),
    path("recap/", office.Recap.as_view(), name="recap"),
]
