"""The numbers that training contributes."""

from django.urls import reverse

from core.measures import Dimension, EvidenceColumn, Flow, Measure, register
from core.personal import mask_name
from training.enums import AssessmentResult, CertificateScheme, EnrolmentState, FundingSource
from training.models import Certificate, Enrolment

TRAINEE_REGISTER = "Register peserta pelatihan"


def _dimensions(prefix: str = "") -> dict[str, Dimension]:
    cohort = f"{prefix}cohort__"
    return {
        "funding_source": Dimension(
            f"{cohort}funding_source", "Sumber dana", lambda: dict(FundingSource.choices)
        ),
        "programme": Dimension(f"{cohort}programme__name", "Program pelatihan"),
        "sub_activity": Dimension(f"{cohort}sub_activity__key", "Sub kegiatan"),
        "sex": Dimension(
            f"{prefix}jobseeker__sex", "Jenis kelamin", lambda: {"M": "Laki-laki", "F": "Perempuan"}
        ),
    }


TRAINEE_COLUMNS = (
    EvidenceColumn("Peserta", lambda enrolment: mask_name(enrolment.jobseeker.full_name)),
    EvidenceColumn("Program", lambda enrolment: enrolment.cohort.programme.name),
    EvidenceColumn("Angkatan", lambda enrolment: enrolment.cohort.name),
    EvidenceColumn("Sumber dana", lambda enrolment: enrolment.cohort.get_funding_source_display()),
    EvidenceColumn("Pelatihan selesai", lambda enrolment: enrolment.cohort.ends_on, "date"),
    EvidenceColumn("Hasil", lambda enrolment: enrolment.get_result_display()),
)


def _trainees():
    return Enrolment.objects.filter(state=EnrolmentState.COMPLETED)


def _enrolment_url(enrolment: Enrolment) -> str:
    return reverse("training:enrolment_detail", args=[enrolment.uid])


register(
    Measure(
        code="training.trainees",
        label="Peserta yang menyelesaikan pelatihan",
        unit="peserta",
        definition=(
            "Peserta yang menyelesaikan pelatihan pada angkatan yang berakhir dalam periode. "
            "Orang yang mengikuti dua angkatan dihitung dua kali."
        ),
        register=TRAINEE_REGISTER,
        rows=_trainees,
        when=Flow("cohort__ends_on"),
        dimensions=_dimensions(),
        columns=TRAINEE_COLUMNS,
        related=("jobseeker", "cohort__programme"),
        url=_enrolment_url,
    )
)
register(
    Measure(
        code="training.competent",
        label="Peserta pelatihan yang kompeten",
        unit="peserta",
        definition=(
            "Peserta yang menyelesaikan pelatihan dan dinilai kompeten, pada angkatan yang berakhir dalam periode. "
            "Penilaian ini milik dinas; sertifikat BNSP dihitung terpisah."
        ),
        register=TRAINEE_REGISTER,
        rows=lambda: _trainees().filter(result=AssessmentResult.COMPETENT),
        when=Flow("cohort__ends_on"),
        dimensions=_dimensions(),
        columns=TRAINEE_COLUMNS,
        related=("jobseeker", "cohort__programme"),
        url=_enrolment_url,
    )
)
register(
    Measure(
        code="training.certificates",
        label="Sertifikat peserta pelatihan",
        unit="sertifikat",
        definition="Sertifikat yang terbit dalam periode bagi peserta pelatihan, menurut jenis (dinas atau BNSP).",
        register="Register sertifikat",
        rows=lambda: Certificate.objects.all(),
        when=Flow("issued_on"),
        dimensions={
            "scheme": Dimension("scheme", "Jenis sertifikat", lambda: dict(CertificateScheme.choices)),
            **_dimensions("enrolment__"),
        },
        columns=(
            EvidenceColumn("Nomor", lambda certificate: certificate.number),
            EvidenceColumn(
                "Peserta", lambda certificate: mask_name(certificate.enrolment.jobseeker.full_name)
            ),
            EvidenceColumn("Jenis", lambda certificate: certificate.get_scheme_display()),
            EvidenceColumn("Skema", lambda certificate: certificate.scheme_name),
            EvidenceColumn("Program", lambda certificate: certificate.enrolment.cohort.programme.name),
            EvidenceColumn("Terbit", lambda certificate: certificate.issued_on, "date"),
        ),
        related=("enrolment__jobseeker", "enrolment__cohort__programme"),
        url=lambda certificate: reverse("training:certificate_detail", args=[certificate.uid]),
    )
)
