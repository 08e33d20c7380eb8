"""The task list of an application: what is done, what is to do, where each thing is filled in."""

from collections.abc import Callable
from typing import Any

from django.db.models import Max
from django.urls import reverse

from core.models.workflow import WorkflowLog
from jobseekers import parts
from jobseekers.enums import DocumentState
from jobseekers.models import AccommodationNeed, AK1Application, JobSeeker
from jobseekers.services import papers, profile

DONE, TODO, OPTIONAL, MEND = "done", "todo", "optional", "mend"
HINTS = {
    "foto": "Bisa langsung dari kamera ponsel",
    "kebutuhan": "Hanya dibaca petugas yang menempatkan Anda",
}


def slug_of(kind: str) -> str:
    """The address of a kind of document: "SKILL_CERTIFICATE" -> "skill-certificate"."""
    return kind.lower().replace("_", "-")


def part_url(application: AK1Application, slug: str) -> str:
    """Where a part is filled in."""
    return reverse("jobseekers:fill_part", args=[application.uid, slug])


def document_url(application: AK1Application, kind: str) -> str:
    """Where a document is uploaded."""
    return reverse("jobseekers:fill_document", args=[application.uid, slug_of(kind)])


def place_url(application: AK1Application, place: Any) -> str:
    """Where a finding or a return point (anything with `part` and `document`) is mended; "" when it names none."""
    if place.document:
        return document_url(application, place.document)
    return part_url(application, place.part) if place.part else ""


def filled(person: JobSeeker) -> set[str]:
    """The optional parts in which something stands; one query a kind of rows."""
    found = {
        kind.part.slug
        for kind in profile.KINDS.values()
        if kind.model.objects.filter(jobseeker=person).exists()
    }
    if person.domicile_village_id:
        found.add(parts.DOMICILE.slug)
    if person.desired_region or person.wage_expectation:
        found.add(parts.WISHES.slug)
    if AccommodationNeed.objects.filter(jobseeker=person).exists():
        found.add(parts.NEEDS.slug)
    return found


def _schooling_hint(person: JobSeeker) -> str:
    if person.education is None:
        return ""
    name = " ".join(text for text in (person.education_id, person.education_major) if text)
    return f"{name}, lulus {person.graduation_year}" if person.graduation_year else name


def _of_part(part: parts.Part, person: JobSeeker, filled: set[str]) -> tuple[str, str]:
    """State and hint of a part."""
    done = parts.is_done(part, person)
    state = (DONE if part.slug in filled else OPTIONAL) if part.optional else (DONE if done else TODO)
    hint = _schooling_hint(person) if part is parts.SCHOOLING else HINTS.get(part.slug, "")
    return state, "" if part is parts.PHOTO and done else hint


def _of_demand(demand: papers.Demand) -> tuple[str, str]:
    """State and hint of a document."""
    if demand.document is None:
        return (TODO if demand.mandatory else OPTIONAL), ""
    if demand.document.state == DocumentState.REFUSED:
        return MEND, demand.document.reason
    return DONE, ""


def _saved_at(application: AK1Application) -> Any:
    """When anything of the file was last written."""
    rows = WorkflowLog.objects.filter(object_uid__in=(application.uid, application.jobseeker.uid))
    return rows.aggregate(last=Max("at"))["last"] or application.updated_at


def tasks(application: AK1Application) -> dict[str, Any]:
    """The groups with their lines, how many of the mandatory ones are done, and where to go on."""
    person, there = application.jobseeker, filled(application.jobseeker)
    points = {
        (row.part, row.document): row.reason
        for row in application.return_points.all()
        if row.mended_at is None
    }
    lines: list[dict[str, Any]] = []

    def add(
        group: str, title: str, url: str, state: str, hint: str, mandatory: bool, place: tuple[str, str]
    ) -> None:
        if place in points:
            state, hint = MEND, points[place]
        lines.append(
            {"group": group, "title": title, "url": url, "state": state, "hint": hint, "mandatory": mandatory}
        )

    for part in parts.PARTS.values():
        state, hint = _of_part(part, person, there)
        add(
            part.group,
            part.title,
            part_url(application, part.slug),
            state,
            hint,
            not part.optional,
            (part.slug, ""),
        )
    for demand in papers.demands(application):
        state, hint = _of_demand(demand)
        url = document_url(application, demand.kind)
        add(parts.FILES, demand.kind.label, url, state, hint, demand.mandatory, ("", demand.kind.value))
    wanted = [line for line in lines if line["mandatory"] or line["state"] == MEND]
    done = sum(line["state"] == DONE for line in wanted)
    groups = [
        {"title": name, "lines": [line for line in lines if line["group"] == name]}
        for name in (parts.ABOUT, parts.LEARNED, parts.FILES)
    ]
    return {
        "groups": groups,
        "done": done,
        "total": len(wanted),
        "steps_done": [number < done for number in range(len(wanted))],
        "complete": done == len(wanted),
        "following": next((line for line in wanted if line["state"] != DONE), None),
        "saved_at": _saved_at(application),
    }


def next_url(application: AK1Application) -> str:
    """Where the applicant goes on: the first thing to do, else the page that sends."""
    following = tasks(application)["following"]
    return following["url"] if following else reverse("jobseekers:review", args=[application.uid])


def row_url(application: AK1Application, kind: profile.RowKind, name: str, *args: Any) -> str:
    """The page of a row: "row_add", "row_change" or "row_remove"."""
    return reverse(f"jobseekers:{name}", args=[application.uid, kind.slug, *args])


def rows_of(person: JobSeeker, kind: profile.RowKind, url: Callable[..., str]) -> dict[str, Any]:
    """The rows of one kind; `url` (kind, name of the page, key) gives their links."""
    rows = kind.model.objects.filter(jobseeker=person)
    if kind is profile.SCHOOLING:
        rows = rows.select_related("level")
    elif kind is profile.OCCUPATION:
        rows = rows.select_related("occupation")
    lines = [
        {
            "title": str(row.occupation.title if kind is profile.OCCUPATION else row),
            "detail": _detail(kind, row),
            "change": "" if kind is profile.OCCUPATION else url(kind, "row_change", row.pk),
            "remove": url(kind, "row_remove", row.pk),
        }
        for row in rows
    ]
    return {
        "label": kind.label,
        "lines": lines,
        "add": url(kind, "row_add"),
        "full": len(lines) >= kind.most,
    }


def _detail(kind: profile.RowKind, row: Any) -> str:
    if kind is profile.SCHOOLING:
        return ", ".join(text for text in (row.level.label, row.major) if text)
    if kind in (profile.SKILL, profile.LANGUAGE):
        return row.get_level_display()
    if kind is profile.TRAINING:
        return row.provider
    if kind is profile.WORK:
        end = f"{row.ended_on:%m/%Y}" if row.ended_on else "sekarang"
        return f"{row.started_on:%m/%Y} sampai {end}"
    return row.occupation.scheme_version[:4] + f" {row.occupation.code}"
