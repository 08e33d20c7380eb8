"""The tables of the training app: list pages and their exports. No NIK in any of them."""

from django.db.models import Count, Q
from django.urls import reverse

from core.tables import Chip, Column, Filter, Table
from training import permissions, selectors
from training.enums import (
    Accreditation,
    AssessmentResult,
    CertificateScheme,
    CohortState,
    EnrolmentState,
    FundingSource,
)
from training.models import Certificate, Enrolment, TrainingCohort, TrainingProgramme, TrainingProvider

COHORT_COLOURS = {"OPEN": "green", "CANCELLED": "red", "FINISHED": "grey"}
ENROLMENT_COLOURS = {"APPLIED": "yellow", "WITHDRAWN": "grey", "REJECTED": "red"}
RESULT_COLOURS = {"COMPETENT": "green", "NOT_YET": "red"}


class CohortTable(Table):
    """Cohorts."""

    slug = "angkatan-pelatihan"
    title = "Angkatan pelatihan"
    noun = "angkatan"
    permission = permissions.can_read_trainings
    columns = [
        Column("programme", "Program", value="programme__name", sort="programme__name", width=36),
        Column("name", "Angkatan", sort="name", width=20),
        Column("provider", "Penyelenggara", value="provider__institution__name", width=30),
        Column("funding_source", "Sumber dana", choices=FundingSource.choices, sort="funding_source"),
        Column("sub_activity_code", "Kode sub kegiatan", value="sub_activity__code", width=20, listed=False),
        Column("hours", "Jam pelajaran", kind="int", listed=False),
        Column("starts_on", "Mulai", kind="date", sort="starts_on", width=14),
        Column("ends_on", "Selesai", kind="date", sort="ends_on", width=14),
        Column("quota", "Kuota", kind="int", sort="quota"),
        Column(
            "taken", "Terisi", kind="int", explain="Peserta yang diterima, mengikuti, atau menyelesaikan."
        ),
        Column("place", "Tempat", width=30, listed=False),
        Column(
            "state", "Keadaan", kind="tag", choices=CohortState.choices, colours=COHORT_COLOURS, sort="state"
        ),
    ]
    filters = [
        Filter("keadaan", "Keadaan", field="state", choices=CohortState.choices),
        Filter("dana", "Sumber dana", field="funding_source", choices=FundingSource.choices),
        Filter("selesai", "Selesai", field="ends_on", kind="date"),
    ]
    search_fields = (
        "programme__name__icontains",
        "name__icontains",
        "provider__institution__name__icontains",
    )
    search_label = "Cari program, angkatan, atau penyelenggara"
    default_sort = ("-starts_on",)
    empty_text = "Angkatan muncul di sini setelah direncanakan."

    def queryset(self, user):
        """Cohorts that the user may see, with the seats in use."""
        found = TrainingCohort.objects.visible_to(user)
        return selectors.with_seats(found).select_related(
            "programme", "provider__institution", "sub_activity"
        )

    def row_url(self, row):
        """The cohort's page."""
        return reverse("training:cohort_detail", args=[row.uid])


class EnrolmentTable(Table):
    """Participants."""

    slug = "peserta-pelatihan"
    title = "Peserta pelatihan"
    noun = "peserta"
    permission = permissions.can_read_enrolments
    columns = [
        Column("name", "Peserta", value="jobseeker__full_name", sort="jobseeker__full_name", width=30),
        Column("sex", "L/P", value="jobseeker__sex", choices=(("M", "L"), ("F", "P")), width=6, listed=False),
        Column(
            "programme", "Program", value="cohort__programme__name", sort="cohort__programme__name", width=36
        ),
        Column("cohort", "Angkatan", value="cohort__name", width=20),
        Column(
            "funding_source",
            "Sumber dana",
            value="cohort__funding_source",
            choices=FundingSource.choices,
            sort="cohort__funding_source",
        ),
        Column(
            "ends_on",
            "Pelatihan selesai",
            kind="date",
            value="cohort__ends_on",
            sort="cohort__ends_on",
            width=14,
        ),
        Column(
            "state",
            "Keadaan",
            kind="tag",
            choices=EnrolmentState.choices,
            colours=ENROLMENT_COLOURS,
            sort="state",
        ),
        Column(
            "result",
            "Hasil",
            kind="tag",
            choices=AssessmentResult.choices,
            colours=RESULT_COLOURS,
            sort="result",
        ),
        Column("assessed_on", "Dinilai", kind="date", width=14, listed=False),
    ]
    filters = [
        Filter("keadaan", "Keadaan", field="state", choices=EnrolmentState.choices),
        Filter("hasil", "Hasil", field="result", choices=AssessmentResult.choices),
        Filter("dana", "Sumber dana", field="cohort__funding_source", choices=FundingSource.choices),
        Filter(
            "angkatan", "Angkatan", field="cohort__uid", kind="hidden", describe=lambda value: "satu angkatan"
        ),
    ]
    chips = [
        Chip("putuskan", "Menunggu keputusan", Q(state=EnrolmentState.APPLIED)),
        Chip("nilai", "Menunggu hasil", Q(state=EnrolmentState.ATTENDING)),
    ]
    search_fields = (
        "jobseeker__full_name__icontains",
        "cohort__programme__name__icontains",
        "cohort__name__icontains",
    )
    search_label = "Cari nama, program, atau angkatan"
    default_sort = ("-cohort__starts_on", "jobseeker__full_name")
    empty_text = "Peserta muncul di sini setelah didaftarkan."

    def queryset(self, user):
        """Enrolments that the user may see."""
        return Enrolment.objects.visible_to(user).select_related(
            "jobseeker", "cohort__programme", "cohort__provider__institution"
        )

    def row_url(self, row):
        """The enrolment's page."""
        return reverse("training:enrolment_detail", args=[row.uid])


class CertificateTable(Table):
    """Certificates."""

    slug = "sertifikat-pelatihan"
    title = "Sertifikat pelatihan"
    noun = "sertifikat"
    permission = permissions.can_read_enrolments
    columns = [
        Column("number", "Nomor", sort="number", width=28),
        Column(
            "name",
            "Peserta",
            value="enrolment__jobseeker__full_name",
            sort="enrolment__jobseeker__full_name",
            width=30,
        ),
        Column("scheme", "Jenis", choices=CertificateScheme.choices, sort="scheme", width=24),
        Column("scheme_name", "Skema", sort="scheme_name", width=30),
        Column("programme", "Program", value="enrolment__cohort__programme__name", width=36),
        Column("issuer", "Penerbit", width=30, listed=False),
        Column("skkni_code", "Kode SKKNI", width=20, listed=False),
        Column("issued_on", "Terbit", kind="date", sort="issued_on", width=14),
        Column("valid_until", "Berlaku sampai", kind="date", sort="valid_until", width=14),
    ]
    filters = [
        Filter("jenis", "Jenis", field="scheme", choices=CertificateScheme.choices),
        Filter("terbit", "Terbit", field="issued_on", kind="date"),
    ]
    search_fields = (
        "number__icontains",
        "enrolment__jobseeker__full_name__icontains",
        "scheme_name__icontains",
    )
    search_label = "Cari nomor, nama, atau skema"
    default_sort = ("-issued_on",)
    empty_text = "Sertifikat muncul di sini setelah dicatat."

    def queryset(self, user):
        """Certificates that the user may see."""
        return Certificate.objects.visible_to(user).select_related(
            "enrolment__jobseeker", "enrolment__cohort__programme"
        )

    def row_url(self, row):
        """The certificate's page."""
        return reverse("training:certificate_detail", args=[row.uid])


class ProgrammeTable(Table):
    """Programmes."""

    slug = "program-pelatihan"
    title = "Program pelatihan"
    noun = "program"
    permission = permissions.can_read_trainings
    columns = [
        Column("name", "Program", sort="name", width=40),
        Column("occupation", "Golongan jabatan", value="occupation__title", width=40),
        Column("competency_unit", "Unit kompetensi", width=30),
        Column("cohort_count", "Angkatan", kind="int", sort="cohort_count"),
    ]
    search_fields = ("name__icontains", "aliases__name__icontains")
    search_label = "Cari nama atau nama lain"
    default_sort = ("name",)
    empty_text = "Program muncul di sini setelah dicatat."

    def queryset(self, user):
        """Programmes with the number of cohorts."""
        found = TrainingProgramme.objects.visible_to(user).select_related("occupation")
        return found.annotate(cohort_count=Count("cohorts", distinct=True))

    def row_url(self, row):
        """The programme's page."""
        return reverse("training:programme_detail", args=[row.uid])


class ProviderTable(Table):
    """Training providers."""

    slug = "lembaga-pelatihan"
    title = "Lembaga pelatihan"
    noun = "lembaga"
    permission = permissions.can_read_trainings
    columns = [
        Column("name", "Nama", value="institution__name", sort="institution__name", width=40),
        Column("licence_no", "Nomor izin", sort="licence_no", width=24),
        Column("licensed_on", "Tanggal izin", kind="date", sort="licensed_on", width=14),
        Column("accreditation", "Akreditasi", choices=Accreditation.choices, sort="accreditation", width=24),
        Column("accredited_until", "Berlaku sampai", kind="date", sort="accredited_until", width=14),
        Column("region", "Wilayah", value="institution__region__name", width=20),
        Column("address", "Alamat", value="institution__address", width=40, listed=False),
    ]
    filters = [Filter("akreditasi", "Akreditasi", field="accreditation", choices=Accreditation.choices)]
    search_fields = ("institution__name__icontains", "licence_no__icontains")
    search_label = "Cari nama atau nomor izin"
    default_sort = ("institution__name",)
    empty_text = "Lembaga muncul di sini setelah dicatat."

    def queryset(self, user):
        """Providers that the user may see."""
        return TrainingProvider.objects.visible_to(user).select_related("institution__region")

    def row_url(self, row):
        """The provider's page."""
        return reverse("training:provider_detail", args=[row.uid])
