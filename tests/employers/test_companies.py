"""Companies: registered, changed, ended; what the database refuses; who may."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import Institution
from core.errors import Refused
from core.workflow import NotAllowed, StaleRecord, timeline
from employers.models import Company
from employers.services.companies import end_operation, register_company, update_company
from tests.employers import builders

pytestmark = pytest.mark.django_db


def test_registered_company_has_an_institution_history_and_log(officer, agency, places):
    made = register_company(
        actor=officer,
        name="  PT  Tekstil   Contoh ",
        nib="1234567890123",
        region=places["32.77.01.1001"],
        operating_from=date(2020, 2, 3),
    )
    assert made.name == "PT Tekstil Contoh"
    assert made.institution.kind == "COMPANY"
    assert made.history.count() == 1
    assert [row.label for row in timeline(made)] == ["Perusahaan dicatat"]


@pytest.mark.parametrize(
    "role", [Role.PLANNER, Role.TRAINING_OFFICER, Role.COMPANY_OPERATOR, Role.JOBSEEKER, None]
)
def test_others_register_nothing(user_with, agency, role):
    with pytest.raises(NotAllowed):
        register_company(actor=user_with(role), name="PT Contoh", operating_from=date(2020, 1, 1))
    assert not Company.objects.exists()
    assert not Institution.objects.filter(kind="COMPANY", name="PT Contoh").exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"nib": "12AB"}, "nib", "13 angka"),
        ({"operating_until": date(2019, 1, 1)}, "operating_until", "lebih awal"),
        ({"operating_from": date(2023, 8, 22)}, "operating_from", "belum tiba"),
        ({"ownership": "NOBODY"}, "ownership", ""),
    ],
)
def test_bad_values_are_refused_by_field(officer, agency, changes, field, words):
    values = {"name": "PT Contoh", "operating_from": date(2020, 1, 1), **changes}
    with pytest.raises(ValidationError) as caught:
        register_company(actor=officer, **values)
    assert words in " ".join(caught.value.message_dict[field])
    assert not Company.objects.exists()
    assert not Institution.objects.filter(name="PT Contoh").exists()


def test_a_nib_belongs_to_one_company(officer, agency, company):
    Company.objects.filter(pk=company.pk).update(nib="1234567890123")
    with pytest.raises(ValidationError, match="sudah tercatat untuk PT Garmen Contoh"):
        register_company(actor=officer, name="PT Lain", nib="1234567890123", operating_from=date(2020, 1, 1))


def test_an_empty_name_is_refused(officer, agency):
    with pytest.raises(Refused, match="Nama lembaga belum diisi"):
        register_company(actor=officer, name="  ", operating_from=date(2020, 1, 1))
    assert not Company.objects.exists()


def test_update_writes_company_and_institution_with_their_versions(officer, company, places):
    written = update_company(
        company,
        actor=officer,
        version=1,
        institution_version=1,
        name="PT Garmen Baru",
        region=places["32.77.02.1001"],
        ownership="FOREIGN",
    )
    fresh = Company.objects.get(pk=company.pk)
    assert (fresh.name, fresh.ownership, fresh.version) == ("PT Garmen Baru", "FOREIGN", 2)
    assert fresh.institution.region_id == "32.77.02.1001"
    assert written.version == 2


def test_a_stale_page_says_who_was_faster_and_changes_nothing(officer, company):
    update_company(company, actor=officer, version=1, institution_version=1, ownership="FOREIGN")
    with pytest.raises(StaleRecord, match="Ratna Dewi Contohwati"):
        update_company(company, actor=officer, version=1, institution_version=1, ownership="STATE")
    assert Company.objects.get(pk=company.pk).ownership == "FOREIGN"


def test_an_institution_changed_elsewhere_stops_the_update(officer, company):
    from accounts.services.institutions import revise_institution

    revise_institution(company.institution, actor=officer, version=1, name="PT Lain Lagi")
    with pytest.raises(StaleRecord):
        update_company(
            company, actor=officer, version=1, institution_version=1, name="PT Ketiga", ownership="STATE"
        )
    fresh = Company.objects.get(pk=company.pk)
    assert (fresh.name, fresh.ownership, fresh.version) == ("PT Lain Lagi", "DOMESTIC", 1)


def test_an_operator_does_not_change_the_register(operator, company):
    with pytest.raises(NotAllowed):
        update_company(company, actor=operator, version=1, institution_version=1, ownership="STATE")
    assert Company.objects.get(pk=company.pk).version == 1


def test_end_of_operation_needs_a_reason_and_a_possible_day(officer, company):
    with pytest.raises(Refused, match="alasan"):
        end_operation(company, actor=officer, version=1, operating_until=date(2023, 6, 30), comment=" ")
    with pytest.raises(ValidationError, match="lebih awal"):
        end_operation(company, actor=officer, version=1, operating_until=date(2014, 6, 30), comment="Tutup")
    with pytest.raises(ValidationError, match="belum tiba"):
        end_operation(company, actor=officer, version=1, operating_until=date(2024, 6, 30), comment="Tutup")
    assert Company.objects.get(pk=company.pk).operating_until is None
    ended = end_operation(
        company, actor=officer, version=1, operating_until=date(2023, 6, 30), comment="Surat 12/2023"
    )
    assert ended.operating_until == date(2023, 6, 30)
    assert Company.objects.operating_on(date(2023, 6, 30)).exists()
    assert not Company.objects.operating_on(date(2023, 7, 1)).exists()
    assert timeline(ended)[-1].comment == "Surat 12/2023"


@pytest.mark.parametrize(
    "changes",
    [
        {"operating_until": date(2014, 12, 31)},
        {"employer_class": 7},
        {"ownership": "NOBODY"},
    ],
)
def test_the_database_refuses(company, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.filter(pk=company.pk).update(**changes)


def test_the_database_keeps_a_nib_once(company):
    Company.objects.filter(pk=company.pk).update(nib="1234567890123")
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.company(nib="1234567890123")
    assert builders.company(nib="").nib == builders.company(nib="").nib == ""


SEES = {
    Role.PLACEMENT_OFFICER: 2,
    Role.TRAINING_OFFICER: 2,
    Role.FAIR_OFFICER: 2,
    Role.MEDIATOR: 2,
    Role.SECTION_HEAD: 2,
    Role.PLANNER: 2,
    Role.APIP_REVIEWER: 2,
    Role.AGENCY_HEAD: 2,
}


@pytest.mark.parametrize("role", [*Role.values, None])
def test_who_sees_companies(user_with, company, role):
    builders.company()
    assert Company.objects.visible_to(user_with(role)).count() == SEES.get(role, 0)


def test_an_operator_sees_the_own_company_until_the_membership_ends(operator, company):
    builders.company()
    assert list(Company.objects.visible_to(operator)) == [company]
    membership = operator.memberships.get()
    membership.ended_on = builders.TODAY
    membership.save()
    operator.forget_roles()
    assert not Company.objects.visible_to(operator).exists()
