"""The base of all views of the API: limits, problems, what an operation may answer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import limits
from accounts.limits import TooManyRequests
from accounts.tokens import by_token
from core.api import handle, problem_response, told_version
from core.workflow import check_version
from jobseekers.models import JobSeeker

A_MINUTE = 300
"""Requests of one account in a minute."""


class ProblemSerializer(serializers.Serializer):
    """What every error looks like (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)


IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="ETag dari jawaban terakhir."
)
ONCE = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="8 sampai 80 huruf, angka, titik, atau strip. Kunci dan isi yang sama memberi hasil yang sama.",
)
_WORDS = {
    400: "Bukan JSON yang benar",
    401: "Belum masuk",
    403: "Tidak berwenang",
    404: "Tidak ada, atau bukan untuk akun ini",
    409: "Keadaan data tidak mengizinkan",
    412: "Data sudah berubah; rincian menyebut siapa yang mengubah",
    415: "Bentuk kiriman tidak dikenal",
    422: "Ada isian yang perlu diperbaiki",
    428: "If-Match belum disertakan",
    429: "Terlalu banyak permintaan",
}
_ALWAYS = (401, 403, 404, 429)


def file_answer(*kinds: str) -> dict:
    """An answer that is a file of one of these media types."""
    return {(200, kind): OpenApiTypes.BINARY for kind in kinds}


def operation(
    summary: str, answer: Any, *, request: Any = None, status: int = 200, errors: tuple = (), **more
):
    """Describe one operation for the schema: what it takes, gives, and by which problems it refuses.

    `answer` is a serializer, or for files what `file_answer` returns.
    """
    responses = dict(answer) if isinstance(answer, dict) else {status: answer}
    for code in sorted({*_ALWAYS, *errors}):
        responses[code] = OpenApiResponse(ProblemSerializer, description=_WORDS[code])
    return extend_schema(summary=summary, request=request, responses=responses, tags=["AK-1"], **more)


def seen_version(request: Request, record: Any) -> int:
    """Return the version of If-Match, held against the record's before anything else is looked at (RFC 9110, 13.2).

    Who works on old data is told that (412), not what is wrong with a body or a state that belong to the old data. The
    service compares again under its lock. Raises Problem 428 or 412, and StaleRecord (412).
    """
    version = told_version(request)
    check_version(record, version)
    return version


WRITES = (400, 409, 412, 415, 422, 428)
CREATES = (400, 409, 415, 422)


class ApiView(GenericAPIView):
    """Counts requests of an account; answers every refusal as a problem."""

    filter_backends: list = []
    session_only = False
    """What shows a NIK in clear is not opened by a token (ADR 8)."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Sign-in and permission first, then the limit."""
        super().initial(request, *args, **kwargs)
        if self.session_only and by_token(request):
            raise PermissionDenied("Ini hanya bisa dibuka dengan masuk lewat situs, bukan dengan token.")
        limits.count("api", str(request.user.pk), limit=A_MINUTE, window=limits.MINUTE)

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

    def own_person(self) -> JobSeeker:
        """The reader's own row; 404 for accounts that are nobody's."""
        people = JobSeeker.objects.living().filter(user=self.request.user)
        person = people.select_related("user", "village__parent__parent", "education", "photo").first()
        if person is None:
            raise Http404
        return person

    def one(self, rows: QuerySet) -> Any:
        """The row of the address among `rows`, or 404."""
        found = rows.filter(uid=self.kwargs["uid"]).first()
        if found is None:
            raise Http404
        return found

    def checked(self, serializer_class) -> dict:
        """The body, checked by a serializer. Raises its errors by field."""
        serializer = serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def filtered(self, serializer_class) -> dict:
        """The parameters of the address, checked."""
        serializer = serializer_class(data=self.request.query_params.dict())
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def paged(self, rows, serializer_class) -> Response:
        """One page of the rows."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(serializer_class(page, many=True).data)
