"""Certificates: booked when they are issued."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, formats
from core.workflow import NotAllowed, opened
from training import permissions
from training.models import Certificate, Enrolment


@transaction.atomic
def book_certificate(
    *,
    actor,
    enrolment: Enrolment,
    scheme: str,
    scheme_name: str,
    number: str,
    issuer: str,
    issued_on: date,
    valid_until: date | None = None,
    skkni_code: str = "",
) -> Certificate:
    """Save a certificate of a competent participant. Raises NotAllowed, or ValidationError by field."""
    if actor is not None and not permissions.can_run_trainings(actor):
        raise NotAllowed("Sertifikat hanya dicatat oleh petugas pelatihan.")
    certificate = Certificate(
        enrolment=Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk),
        scheme=scheme,
        scheme_name=scheme_name,
        number=number.strip(),
        issuer=issuer,
        issued_on=issued_on,
        valid_until=valid_until,
        skkni_code=skkni_code,
    )
    certificate.clean_fields()
    certificate.clean()
    if issued_on > clock.today():
        raise ValidationError({"issued_on": f"Tanggal {formats.date_long(issued_on)} belum tiba."})
    if Certificate.objects.filter(issuer=issuer, number=certificate.number).exists():
        raise ValidationError(
            {"number": "Nomor ini sudah tercatat untuk penerbit yang sama. Periksa nomornya."}
        )
    if Certificate.objects.filter(enrolment=enrolment, scheme=scheme, scheme_name=scheme_name).exists():
        raise ValidationError({"scheme_name": "Peserta ini sudah punya sertifikat dengan skema ini."})
    certificate.save()
    opened(certificate, actor=actor, label="Sertifikat dicatat")
    return certificate
