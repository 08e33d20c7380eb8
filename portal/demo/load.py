"""Loads a city: everything in one transaction, the slow work before it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from core import clock
from core.db import learn
from core.errors import Refused
from core.images import Content
from core.models.agency import AgencyProfile
from core.reference import load_reference
from jobseekers.enums import DocumentKind
from jobseekers.models import JobSeeker
from portal.demo import cards, companies, courses, desk, money, office, people, plan, profiles, starts, story
from portal.demo.chance import Workdays
from portal.demo.city import City
from portal.demo.world import World

MODELS_THAT_SAY_IN_USE = (AgencyProfile, User, JobSeeker)


class NotEmpty(Refused):
    """The database already holds an office."""


@dataclass(frozen=True)
class Prepared:
    """The slow work that needs no transaction: drawn faces and papers, the hash of the one password of all logins."""

    faces: dict[str, list[Content]]
    papers: dict[DocumentKind, Content]
    hashed: str


def is_empty() -> bool:
    """Whether the database holds no office, nobody's account and no person."""
    return not any(model.objects.exists() for model in MODELS_THAT_SAY_IN_USE)


def load(city: City, *, say: Callable[[str], None]) -> None:
    """Fill an empty database with `city`, telling the progress through `say`. Raises NotEmpty.

    Either all of it is written or nothing but reference data.
    """
    if not is_empty():
        raise NotEmpty(
            "Basis data ini sudah berisi, jadi kota demo tidak dimuat supaya tidak ada data yang tertimpa. "
            "Pakai basis data kosong, atau tambahkan --if-empty agar perintah ini dilewati."
        )
    say("Data rujukan …")
    load_reference()
    prepared = _prepare()
    with clock.frozen(dt.datetime.combine(city.demo_date, dt.time(7, 30), clock.ZONE)), transaction.atomic():
        _fill(city, prepared, say)
    learn()


def _prepare() -> Prepared:
    papers = {kind: profiles.draw_document(kind) for kind in profiles.KINDS}
    return Prepared(office.draw_faces(), papers, make_password(office.demo_password()))


def _fill(city: City, prepared: Prepared, say: Callable[[str], None]) -> None:
    days = Workdays(dt.date(city.year - 2, 1, 1), city.demo_date)
    world = World(city, days, office.store_faces(prepared.faces))
    say("Kantor, akun, dan lembaga …")
    office.set_profile(world)
    office.make_institutions(world)
    say("Perusahaan …")
    companies.CompanyRegister(world).make()
    office.make_logins(world, prepared.hashed)
    say("Orang dan kartu AK-1 …")
    everybody = story.people_of(world)
    book = profiles.ProfileBook(world)
    people.write_people(world, everybody, book)
    book.write(prepared.papers)
    desk_of_cards = cards.CardOffice(world)
    desk_of_cards.issue(everybody)
    say("Pelatihan dan penempatan …")
    courses.TrainingDesk(world).make(everybody)
    starts.PlacementDesk(world).make(everybody)
    desk_of_cards.write_ledger(everybody)
    desk_of_cards.keep_waiting([person for person in everybody if person.waits])
    say("Perselisihan, lowongan, dan kegiatan …")
    desk.CaseDesk(world).make()
    desk.offer_vacancies(world)
    desk.record_activities(world)
    say("Rencana, anggaran, dan indikator …")
    plan.make_plan(world)
    money.make_money(world)
    desk.read_old_notices(world)
