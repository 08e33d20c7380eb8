"""Keeping the person's last education, which the card prints, in step with the rows of schooling."""

from jobseekers.models import JobSeeker, Schooling


def highest(person: JobSeeker) -> Schooling | None:
    """Return the row of the highest level; of two of one level the later one."""
    rows = Schooling.objects.filter(jobseeker=person).select_related("level")
    return max(rows, key=lambda row: (row.level.order, row.graduated, row.pk), default=None)


def last_education(person: JobSeeker) -> dict:
    """Return what the person's row says about the last education, by its rows of schooling."""
    row = highest(person)
    return {
        "education": row.level if row else None,
        "education_school": row.school if row else "",
        "education_major": row.major if row else "",
        "graduation_year": row.graduated if row else None,
    }


def adopt(person: JobSeeker) -> None:
    """Make the first row from what the person's row says, when it says enough and there is no row yet.

    Called before the first row is added: what was told before must not be lost by telling more.
    """
    told = person.education_id and person.education_school and person.graduation_year
    if told and not Schooling.objects.filter(jobseeker=person).exists():
        _write(person, Schooling(jobseeker=person))


def follow_person(person: JobSeeker) -> None:
    """Let the rows say what was just written as the last education: higher ones go, this level is mended or added."""
    rows = list(Schooling.objects.filter(jobseeker=person).select_related("level"))
    if person.education is None:
        for row in rows:
            row.delete()
        return
    for row in rows:
        if row.level.order > person.education.order:
            row.delete()
    same = [row for row in rows if row.level_id == person.education_id]
    if person.education_school and person.graduation_year:
        _write(
            person, max(same, key=lambda row: (row.graduated, row.pk), default=Schooling(jobseeker=person))
        )


def _write(person: JobSeeker, row: Schooling) -> None:
    row.level, row.school = person.education, person.education_school
    row.major, row.graduated = person.education_major, person.graduation_year
    row.save()
