"""What the office taught a person, told to the job seekers' room."""

from jobseekers.models import JobSeeker
from jobseekers.registries import OfficeTraining, register_trainings
from training.enums import SEATED, AssessmentResult
from training.models import Enrolment


def trainings_of(person: JobSeeker) -> list[OfficeTraining]:
    """Return the cohorts in which the person has or had a seat; the assessment's outcome when there is one."""
    rows = Enrolment.objects.filter(jobseeker=person, state__in=SEATED)
    rows = rows.select_related("cohort__programme", "cohort__provider__institution")
    return [
        OfficeTraining(
            name=row.cohort.programme.name,
            provider=row.cohort.provider.institution.name if row.cohort.provider else "",
            started_on=row.cohort.starts_on,
            ended_on=row.cohort.ends_on,
            result=row.get_state_display()
            if row.result == AssessmentResult.NONE
            else row.get_result_display(),
        )
        for row in rows
    ]


register_trainings(trainings_of)
