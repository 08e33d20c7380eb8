"""Profiles of a share of the demo's people: schooling, skills, wishes, earlier work, and documents drawn as samples.

Chosen before the people are written, because a card prints the skills; written after, in bulk. One drawing of each
kind of document serves everybody.
"""

import datetime as dt
import io
from functools import lru_cache
from pathlib import Path

import yaml
from PIL import Image, ImageDraw

from accounts.enums import Role
from core import bulk
from core.bulk import Step
from core.classification import KBJI_2014, codes
from core.clock import at
from core.files import store
from core.images import Content
from core.models.files import StoredFile
from core.models.reference import ClassificationCode
from jobseekers.enums import DocumentKind, DocumentState, SkillLevel
from jobseekers.files import DOCUMENT
from jobseekers.models import (
    DesiredOccupation,
    Language,
    PersonDocument,
    Schooling,
    Skill,
    TrainingHistory,
    WorkHistory,
)
from portal.demo.world import Person, World

WITH_PROFILE, WITH_DOCUMENTS, WITH_TRAINING = 40, 15, 12
"""In how many of a hundred."""
KINDS = (DocumentKind.KTP, DocumentKind.KK, DocumentKind.DIPLOMA)
ROWS = (Schooling, Skill, Language, WorkHistory, TrainingHistory, DesiredOccupation)
SIZE = (640, 420)


@lru_cache(maxsize=1)
def plan() -> dict:
    """Return what profiles are made of, with the fields by major."""
    found = yaml.safe_load((Path(__file__).parent / "profiles.yaml").read_text())
    found["by_major"] = {major: field for field in found["fields"] for major in field["majors"]}
    return found


def draw_document(kind: DocumentKind) -> Content:
    """Return a picture that says of itself that it is a sample of this kind."""
    picture = Image.new("RGB", SIZE, "#f4f1e8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((16, 16, SIZE[0] - 16, SIZE[1] - 16), outline="#27475f", width=3)
    draw.text((40, 40), f"CONTOH {kind.label.upper()}", fill="#27475f", font_size=24)
    draw.text((40, 84), "Bukan dokumen sungguhan. Digambar untuk kota demo.", fill="#3c3c3c", font_size=16)
    for line in range(7):
        draw.rectangle((40, 140 + line * 34, 560 - line % 3 * 90, 150 + line * 34), fill="#c9c4b6")
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=70)
    return Content(target.getvalue(), "image/jpeg")


class ProfileBook:
    """Chooses the profiles of people, then writes them."""

    def __init__(self, world: World) -> None:
        self.world, self.chance, self.plan = world, world.chance("profiles"), plan()
        self.rows: dict[type, list] = {model: [] for model in ROWS}
        self.occupations: dict[str, ClassificationCode] = {row.code: row for row in codes(KBJI_2014)}
        self.documented: list[Person] = []

    def choose(self, people: list[Person]) -> None:
        """Decide who has a profile and documents; people whose file waits have documents, as the office demands."""
        for person in people:
            if self.chance.happens(WITH_PROFILE):
                self._profile(person)
            if person.waits or (person.holder and self.chance.happens(WITH_DOCUMENTS)):
                self.documented.append(person)

    def _profile(self, person: Person) -> None:
        chance, row = self.chance, person.row
        field = self.plan["by_major"].get(row.education_major, self.plan["default"])
        if row.education_school and row.graduation_year:
            self._add(
                Schooling,
                person,
                0,
                level_id=row.education_id,
                school=row.education_school,
                major=row.education_major,
                graduated=row.graduation_year,
            )
        skills = chance.some(field["skills"], chance.number(1, 3))
        for place, name in enumerate(skills):
            self._add(Skill, person, place, name=name, level=chance.pick(SkillLevel.values))
        row.skills = ", ".join(skills)
        for place, name in enumerate(chance.some(list(self.plan["languages"]), 2)):
            self._add(Language, person, place, name=name, level=self.plan["languages"][name])
        for place, code in enumerate(chance.some(field["occupations"], chance.number(1, 2))):
            self._add(DesiredOccupation, person, place, occupation=self.occupations[code])
        self._work(person, field)
        if chance.happens(WITH_TRAINING):
            self._add(
                TrainingHistory,
                person,
                0,
                name=chance.pick(self.plan["trainings"]),
                provider=chance.pick(self.plan["providers"]),
                year=max(row.graduation_year or 0, self.world.year - chance.number(1, 4)),
            )

    def _work(self, person: Person, field: dict) -> None:
        """A job that ended before the office first saw the person, for those who left school early enough."""
        chance, first = self.chance, person.row.registered_on
        years = first.year - (person.row.graduation_year or first.year)
        if years < 2 or not chance.happens(60):
            return
        ended = dt.date(first.year - 1, chance.number(1, 12), 1)
        started = dt.date(ended.year - chance.number(1, min(years - 1, 5)), chance.number(1, 12), 1)
        self._add(
            WorkHistory,
            person,
            0,
            employer=chance.pick(self.plan["employers"]),
            occupation=chance.pick(field["jobs"]),
            started_on=started,
            ended_on=ended,
        )

    def _add(self, model: type, person: Person, position: int, **values) -> None:
        self.rows[model].append(model(jobseeker=person.row, position=position, **values))

    def write(self, drawn: dict[DocumentKind, Content]) -> None:
        """Write all rows of profiles and documents; the people have been written."""
        for model, rows in self.rows.items():
            for row in rows:
                row.jobseeker_id = row.jobseeker.pk
            bulk.create(model, rows, actor=None, reason="")
        files = {
            kind: store(content, actor=None, kind=DOCUMENT, name=f"Contoh {kind.label}", sealed=True)
            for kind, content in drawn.items()
        }
        bulk.write(
            PersonDocument, [made for person in self.documented for made in self._documents(person, files)]
        )

    def _documents(self, person: Person, files: dict[DocumentKind, StoredFile]) -> list[tuple]:
        """The person's documents: accepted with the card, else not looked at yet."""
        officer, made = self.world.staff(Role.PLACEMENT_OFFICER), []
        sent = at(person.card_on or person.row.registered_on, 7, 30)
        for kind in KINDS:
            label = kind.label
            steps = [Step(sent, f"{label} diunggah", person.user or officer)]
            document = PersonDocument(
                uid=self.chance.uid(),
                jobseeker=person.row,
                kind=kind,
                file=files[kind],
                printed_name="" if kind == DocumentKind.KTP else person.row.full_name,
                uploaded_at=sent,
            )
            if person.holder:
                document.state, document.checked_by = DocumentState.ACCEPTED, officer
                document.checked_at = sent + dt.timedelta(minutes=45)
                steps.append(Step(document.checked_at, DocumentState.ACCEPTED.label, officer))
            made.append((document, steps))
        return made
