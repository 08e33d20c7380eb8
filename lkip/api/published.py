"""Published editions and their figures, open to everybody, read only.

A figure carries its exact parts and its definition, so that an aggregator can add numerators and denominators instead
of averaging percentages; the city is named by its Kemendagri code.
"""

from django.http import Http404
from django.utils.cache import patch_cache_control
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import limits
from accounts.limits import TooManyRequests
from core.api import handle, problem_response
from core.models.agency import AgencyProfile
from lkip import editions
from lkip.enums import EditionState
from lkip.exports import frozen_row
from lkip.models import Edition

A_MINUTE = 120
"""Requests of one network in a minute."""
KEEP_SECONDS = 300


class EditionSerializer(serializers.Serializer):
    """A published edition."""

    year = serializers.IntegerField()
    edition = serializers.IntegerField(source="number")
    region = serializers.CharField()
    agency = serializers.CharField()
    published_at = serializers.DateTimeField()
    fingerprint = serializers.CharField()


class FigureSerializer(serializers.Serializer):
    """A frozen figure: decimal strings with a dot, percentages times a hundred.

    ``interim`` names the register that a typed number waits for: who publishes it further carries the mark along.
    """

    code = serializers.CharField()
    label = serializers.CharField()
    definition = serializers.CharField()
    level = serializers.CharField()
    unit = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    value_display = serializers.CharField()
    numerator = serializers.CharField(allow_null=True)
    denominator = serializers.CharField(allow_null=True)
    target = serializers.CharField(allow_null=True)
    capaian = serializers.CharField(allow_null=True)
    capaian_display = serializers.CharField()
    capaian_clamped = serializers.CharField(allow_null=True)
    status = serializers.CharField()
    category = serializers.CharField()
    target_category = serializers.CharField()
    predicate = serializers.CharField()
    capaian_predicate = serializers.CharField()
    direction = serializers.CharField()
    records_count = serializers.IntegerField(allow_null=True)
    source = serializers.CharField()
    interim = serializers.CharField()
    definition_changed = serializers.CharField()
    why = serializers.CharField()


class EditionFiguresSerializer(EditionSerializer):
    """An edition with its figures."""

    figures = FigureSerializer(many=True)


class PublicView(APIView):
    """Open to all, counted by network; refusals are problems like everywhere in the API."""

    authentication_classes: list = []
    permission_classes = [AllowAny]

    def initial(self, request: Request, *args, **kwargs) -> None:
        """Count the request."""
        super().initial(request, *args, **kwargs)
        who = limits.network_of(limits.client_ip(request))
        limits.count("api-public", who, limit=A_MINUTE, window=limits.MINUTE)

    def handle_exception(self, problem: Exception) -> Response:
        """A reached limit says when to come back."""
        if isinstance(problem, TooManyRequests):
            response = problem_response(429)
            response["Retry-After"] = str(problem.retry_after)
            response.exception = True
            return response
        return super().handle_exception(problem)

    def get_exception_handler(self):
        """The house's own."""
        return handle

    def finalize_response(self, request: Request, response, *args, **kwargs) -> Response:
        """What is published may be kept by anybody for some minutes."""
        done = super().finalize_response(request, response, *args, **kwargs)
        if done.status_code == 200:
            patch_cache_control(done, public=True, max_age=KEEP_SECONDS)
        return done


def _facts(edition: Edition) -> dict:
    agency = AgencyProfile.current()
    return {
        "year": edition.year,
        "number": edition.number,
        "region": agency.region_id,
        "agency": agency.full_name,
        "published_at": edition.published_at,
        "fingerprint": edition.fingerprint,
    }


class Editions(PublicView):
    """The published reports of this office."""

    @extend_schema(
        summary="Laporan kinerja yang terbit",
        responses={
            200: EditionSerializer(many=True),
            429: OpenApiResponse(description="Terlalu banyak permintaan"),
        },
        tags=["LKIP"],
    )
    def get(self, request: Request) -> Response:
        """List them, newest year first."""
        return Response(EditionSerializer([_facts(edition) for edition in editions.public()], many=True).data)


class EditionFigures(PublicView):
    """The figures of the edition in force of one year."""

    @extend_schema(
        summary="Angka laporan kinerja satu tahun",
        responses={
            200: EditionFiguresSerializer,
            404: OpenApiResponse(description="Belum terbit"),
            429: OpenApiResponse(description="Terlalu banyak permintaan"),
        },
        tags=["LKIP"],
    )
    def get(self, request: Request, year: int) -> Response:
        """Return the edition with its figures, or 404."""
        edition = Edition.objects.filter(year=year, state=EditionState.PUBLISHED).first()
        if edition is None:
            raise Http404
        frozen = edition.content["figures"]
        figures = [
            frozen_row(row) | {"definition": row["definition"], "level": row["level"]} for row in frozen
        ]
        return Response(EditionFiguresSerializer(_facts(edition) | {"figures": figures}).data)
