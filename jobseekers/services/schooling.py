"""Keeping the person's last education, which the card prints, in step with the rows of schooling."""

from django.core.exceptions import ValidationError

from jobseekers.models import JobSeeker, Schooling

DETAILS = ("education_school", "education_major", "graduation_year")


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


def told_of_level(person: JobSeeker, values: dict) -> dict:
    """Return the changes of a correction, whole: what stands in the rows and what is printed must stay one story.

    Called before the change, with what is to be written. Another level of which a row tells takes that row's school
    when nothing else was said: the school of the level before is not this one's. Once there are rows, a level comes
    with its school and year; raises ValidationError by field without them.
    """
    rows = list(Schooling.objects.filter(jobseeker=person).select_related("level"))
    level = values.get("education", person.education)
    if not rows or level is None:
        return values
    said = {name: values.get(name, getattr(person, name)) for name in DETAILS}
    known = [row for row in rows if row.level_id == level.pk]
    if (
        known
        and level.pk != person.education_id
        and said == {name: getattr(person, name) for name in DETAILS}
    ):
        row = max(known, key=lambda row: (row.graduated, row.pk))
        return values | dict(zip(DETAILS, (row.school, row.major, row.graduated), strict=True))
    lacking = {
        name: f"Riwayat pendidikan orang ini sudah terisi. Isi juga {words} jenjang {level.label}."
        for name, words in (("education_school", "sekolah"), ("graduation_year", "tahun lulus"))
        if not said[name]
    }
    if lacking:
        raise ValidationError(lacking)
    return values


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
