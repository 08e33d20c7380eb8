"""What every API of the house shares: problems in Indonesian, versions as ETags, creation once, pages by cursor.

Errors are ``application/problem+json`` (RFC 9457): ``title``, ``status``, ``detail`` and, for what was sent, ``errors``
by field. A write to something that has a version carries it in If-Match: 428 without, 412 when somebody was faster.
"""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, JsonResponse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.errors import Refused
from core.models.idempotency import IdempotencyKey
from core.redaction import redact
from core.workflow import NotAllowed, StaleRecord, WrongState

PROBLEM = "application/problem+json"
TITLES = {
    400: "Permintaan tidak bisa dibaca",
    401: "Belum masuk",
    403: "Tidak berwenang",
    404: "Tidak ditemukan",
    405: "Cara ini tidak dilayani di alamat ini",
    406: "Bentuk jawaban ini tidak tersedia",
    409: "Keadaan data tidak mengizinkan",
    412: "Data sudah berubah",
    413: "Kiriman terlalu besar",
    415: "Bentuk kiriman tidak dikenal",
    422: "Ada isian yang perlu diperbaiki",
    428: "Versi data belum disebut",
    429: "Terlalu banyak permintaan",
}
DETAILS = {
    400: "Isi permintaan bukan JSON yang benar.",
    401: "Masuk dulu, lalu ulangi permintaan.",
    403: "Peran Anda tidak mengizinkan ini. Tidak ada yang berubah.",
    404: "Alamatnya keliru, atau datanya bukan untuk akun Anda.",
    405: "Lihat skema untuk cara yang dilayani.",
    406: "Jawaban hanya tersedia sebagai JSON.",
    415: "Kirim JSON, atau formulir bagi unggahan berkas.",
    429: "Tunggu sebentar, lalu coba lagi.",
}
_VERSION = re.compile(r'(?:W/)?"?(\d{1,9})"?')
_KEY = re.compile(r"[A-Za-z0-9_.:-]{8,80}")
_LARGEST = 2**63 - 1


class SignedInSession(SessionAuthentication):
    """The session of the site, with its CSRF token on writes; who is not signed in gets 401."""

    def authenticate_header(self, request: Request) -> str:
        """Name the way, so that the answer is 401 and not 403."""
        return "Session"


class WellFormedJSON(JSONParser):
    """JSON whose texts are text: half a character (a lone surrogate) can neither be kept nor answered."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: dict | None = None) -> Any:
        """The data. Raises ParseError for what is no JSON, or no text."""
        data = super().parse(stream, media_type, parser_context)
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise exceptions.ParseError(DETAILS[400]) from None
        return data


class Problem(exceptions.APIException):
    """An answer that says what is wrong, with its status and, for what was sent, errors by field."""

    def __init__(
        self, status_code: int, detail: str = "", errors: dict[str, list[str]] | None = None
    ) -> None:
        self.status_code, self.words, self.errors = status_code, detail, errors or {}
        super().__init__(detail)


def problem_response(code: int, detail: str = "", errors: dict | None = None) -> Response:
    """Return the answer in the form that every error has; identity numbers are masked."""
    body = _problem(code, detail)
    if errors:
        body["errors"] = {name: [redact(str(text)) for text in texts] for name, texts in errors.items()}
    return Response(body, status=code, content_type=PROBLEM)


def problem_answer(code: int, detail: str = "") -> JsonResponse:
    """Return the same answer from before any view is chosen."""
    return JsonResponse(_problem(code, detail), status=code, content_type=PROBLEM)


def _problem(code: int, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": TITLES.get(code, "Permintaan tidak bisa dijalankan"),
        "status": code,
        "detail": redact(detail or DETAILS.get(code, "")),
    }


def handle(problem: Exception, context: dict) -> Response | None:
    """Answer every refusal of the house and of the framework as a problem; None for a real error."""
    if isinstance(problem, Problem):
        return problem_response(problem.status_code, problem.words, problem.errors)
    if isinstance(problem, StaleRecord):
        return problem_response(412, str(problem))
    if isinstance(problem, NotAllowed):
        return problem_response(403, str(problem))
    if isinstance(problem, WrongState):
        return problem_response(409, str(problem))
    if isinstance(problem, Refused):
        return problem_response(422, str(problem), {problem.field: [str(problem)]} if problem.field else None)
    if isinstance(problem, DjangoValidationError):
        return problem_response(422, " ".join(problem.messages), _by_field(problem))
    if isinstance(problem, exceptions.ValidationError):
        return problem_response(422, "Periksa isian yang disebut.", _flat(problem.detail))
    if isinstance(problem, Http404):
        return problem_response(404)
    if isinstance(problem, PermissionDenied):
        return problem_response(403, str(problem))
    if isinstance(problem, exceptions.APIException):
        response = problem_response(problem.status_code)
        if getattr(problem, "auth_header", None):
            response["WWW-Authenticate"] = problem.auth_header
        return response
    return None


def _by_field(problem: DjangoValidationError) -> dict[str, list[str]]:
    return problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}


def _flat(detail: Any, name: str = "") -> dict[str, list[str]]:
    """Nested errors of a serializer as one level of dotted names."""
    if isinstance(detail, dict):
        found: dict[str, list[str]] = {}
        for key, inner in detail.items():
            found |= _flat(inner, f"{name}.{key}" if name else str(key))
        return found
    if isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        found = {}
        for number, inner in enumerate(detail):
            found |= _flat(inner, f"{name}.{number}")
        return found
    return {name: [_in_words(str(text)) for text in (detail if isinstance(detail, list) else [detail])]}


_ENGLISH = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"Invalid data\. Expected a dictionary.*", "Harus berupa objek JSON: nama isian dengan nilainya."),
        (r"Expected a list of items.*", "Harus berupa daftar."),
        (r"This (list|dictionary) may not be empty\.", "Tidak boleh kosong."),
        (r"Ensure this field has at least (\d+) elements\.", r"Paling sedikit \1 butir."),
        (r"Ensure this field has no more than (\d+) elements\.", r"Paling banyak \1 butir."),
        (r"Must be a valid boolean\.", "Tulis true atau false."),
        (r"Not a valid string\.", "Harus berupa teks."),
        (r"A valid (number|biginteger) is required\.", "Harus berupa angka."),
        (r"String value too large\.|Integer value too large.*", "Angka ini terlalu besar."),
        (r"Expected a date but got a datetime\.", "Tulis tanggal saja, tanpa jam."),
        (r"Expected a datetime but got a date\.", "Tulis tanggal dengan jamnya."),
        (r"(Datetime value out of range|Invalid datetime).*", "Waktu ini tidak mungkin."),
        (r"This value does not match the required pattern\.", "Bentuk nilainya tidak sesuai."),
        (r"Must be a valid UUID\.", "Harus berupa UUID yang lengkap."),
        (r"Object with \w+=(.*) does not exist\.", r"“\1” tidak ada dalam daftar."),
        (r"Invalid value\.", "Nilai ini tidak dikenal."),
        (r"The submitted data was not a file.*|No filename could be determined\.", "Kirim sebagai berkas."),
    )
)
"""What the framework has no Indonesian for."""


def _in_words(text: str) -> str:
    for pattern, words in _ENGLISH:
        found = pattern.fullmatch(text)
        if found:
            return found.expand(words)
    return text


def with_etag(response: Response, record) -> Response:
    """Put the record's version on the answer, for the next If-Match."""
    response["ETag"] = f'"{record.version}"'
    return response


def told_version(request: Request) -> int:
    """Return the version of If-Match. Raises Problem 428 when it is missing, 412 when it can't be one."""
    text = request.headers.get("If-Match", "").strip()
    if not text:
        raise Problem(428, "Sertakan If-Match dengan ETag dari jawaban terakhir.")
    found = _VERSION.fullmatch(text)
    if found is None:
        raise Problem(412, "If-Match harus berisi ETag dari jawaban terakhir.")
    return int(found[1])


def create_once(request: Request, *, route: str, body: Any, create: Callable[[], Any]) -> tuple[UUID, bool]:
    """Run `create` once for an Idempotency-Key; return (uid of what was made, whether this call made it).

    The same key with the same body gives what the first call made, with another body Problem 422. Key and record are
    written in one transaction: a second call at the same moment waits for the first and gets its record; when the first
    is refused, the key is free again. Raises Problem 422 without a fit key.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise Problem(422, "Sertakan Idempotency-Key, 8 sampai 80 huruf, angka, titik, atau strip.")
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).digest()
    known = {"user": request.user, "route": route, "key": key}
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = IdempotencyKey.objects.create(**known, body_digest=digest, created_at=clock.now())
        except IntegrityError:
            row = IdempotencyKey.objects.get(**known)
            if bytes(row.body_digest) != digest:
                raise Problem(422, "Idempotency-Key ini sudah dipakai untuk kiriman lain.") from None
            if row.made_uid is None:
                raise Problem(
                    409, "Kiriman dengan kunci ini masih dikerjakan. Ulangi sebentar lagi."
                ) from None
            return row.made_uid, False
        made = create()
        row.made_uid = made.uid
        row.save(update_fields=["made_uid"])
    return made.uid, True


class Pages(CursorPagination):
    """Pages by cursor, newest first: steady while rows are added."""

    ordering = "-pk"
    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100

    def decode_cursor(self, request: Request):
        """A cursor that nobody was given is 404, not an error of the server."""
        cursor = super().decode_cursor(request)
        if cursor is None or cursor.position is None:
            return cursor
        if not cursor.position.isdecimal() or int(cursor.position) > _LARGEST:
            raise exceptions.NotFound
        return cursor


CREATED, OK = status.HTTP_201_CREATED, status.HTTP_200_OK


def problems_in_schema(result: dict, generator, request, public) -> dict:
    """Name the media type of every error in the schema (post-processing hook)."""
    for path in result["paths"].values():
        for told in path.values():
            for code, answer in told["responses"].items():
                if code >= "400" and "application/json" in answer.get("content", {}):
                    answer["content"] = {PROBLEM: answer["content"]["application/json"]}
    return result


class SignedInScheme(OpenApiAuthenticationExtension):
    """Tells the schema of the session."""

    target_class = "core.api.SignedInSession"
    name = "session"

    def get_security_definition(self, auto_schema) -> dict:
        """A cookie."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
