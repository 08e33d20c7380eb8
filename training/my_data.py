"""What the training room holds about a person, handed in to "my data"."""

from jobseekers.looks import register_looked_at
from jobseekers.my_data import describe, register_my_data
from training.models import Certificate, Enrolment


def _enrolments(person):
    for row in Enrolment.objects.filter(jobseeker=person).select_related("cohort").order_by("pk"):
        yield describe(row, ("cohort", "state", "result", "assessed_on", "created_at"))


def _certificates(person):
    for row in Certificate.objects.filter(enrolment__jobseeker=person).order_by("issued_on", "pk"):
        yield describe(
            row, ("scheme", "scheme_name", "number", "issuer", "issued_on", "valid_until", "skkni_code")
        )


register_looked_at(
    "training.enrolment",
    "Data Anda sebagai peserta pelatihan",
    lambda person: Enrolment.objects.filter(jobseeker=person).values_list("uid", flat=True),
)
register_my_data("trainings", "Pelatihan", tables=(Enrolment,), collect=_enrolments, order=50)
register_my_data("certificates", "Sertifikat", tables=(Certificate,), collect=_certificates, order=51)
