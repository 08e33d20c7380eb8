"""The self-assessment and the checklist: data that fit the law's weights, proofs that answer, and who may write."""

from fractions import Fraction

import pytest
from django.urls import reverse

from core.errors import Refused
from lkip import checklist, lke
from lkip.figures import compute
from lkip.models import SelfAssessment
from lkip.proofs import Facts, names, prove
from lkip.services import assessment, plan

pytestmark = pytest.mark.django_db


def test_the_weights_are_those_of_the_regulation():
    weights = {component.key: component.weight for component in lke.components()}
    assert weights == {"plan": 30, "measure": 30, "report": 15, "evaluation": 25}
    assert sum(weights.values()) == 100


def test_every_proof_that_is_asked_for_exists_and_answers(small_year, planner):
    plan.save_indicator(
        planner, code="cards", name="Kartu", level="SUPPORT", unit="kartu", formula="MEASURE",
        measure="jobseekers.ak1_cards",
    )  # fmt: skip
    asked = {item.proof for group in checklist.groups() for item in group.items} | {
        criterion.proof for criterion in lke.criteria().values()
    }
    facts = Facts(compute(small_year))
    for name in sorted(asked - {""}):
        answer = prove(name, facts)
        assert 0 <= answer.met <= answer.of or answer.of == 0
        assert answer.words.endswith((".", "")), name
    assert asked - {""} <= names()


def test_a_proof_follows_the_records(small_year, planner):
    from lkip.models import Indicator, QuarterNote

    assert not prove("causes_written", Facts(compute(small_year))).holds
    for row in Indicator.objects.filter(level="IKU"):
        QuarterNote.objects.create(indicator=row, year=small_year, quarter=4, cause="Sebab.")
    assert prove("causes_written", Facts(compute(small_year))).holds


def test_the_score_is_the_mean_times_the_weight(small_year, planner):
    given = dict.fromkeys(lke.criteria(), ("80", ""))
    assert assessment.answer_all(planner, year=small_year, given=given) == len(given)
    sheet = lke.sheet(Facts(compute(small_year)))
    assert sum(lke.total(parts) for _, parts in sheet) == Fraction(80)


@pytest.mark.parametrize("text", ["101", "-1", "abc", "nan", "1e5", "inf"])
def test_a_wrong_share_changes_nothing(small_year, planner, text):
    first, second, *_ = lke.criteria()
    with pytest.raises(Refused, match="0 sampai 100"):
        assessment.answer_all(planner, year=small_year, given={first: ("50", ""), second: (text, "")})
    assert not SelfAssessment.objects.exists()


def test_pages(small_year, client_as):
    url = reverse("lkip:assessment", args=[small_year])
    key = next(iter(lke.criteria()))
    assert client_as("SECTION_HEAD").post(url, {f"nilai-{key}": "10"}).status_code == 403
    assert not SelfAssessment.objects.exists()
    client = client_as("PLANNER")
    assert client.post(url, {f"nilai-{key}": "110"}).status_code == 422
    assert client.post(url, {f"nilai-{key}": "75,5", f"catatan-{key}": "Ada."}).status_code == 302
    assert SelfAssessment.objects.get().share == Fraction("75.5")
    assert "75.5" in client.get(url).content.decode()
    page = client.get(reverse("lkip:compare"), {"tahun": [str(small_year), "x", "1999"]})
    assert "75,00" in page.content.decode()
    assert client_as("COMPANY_OPERATOR").get(reverse("lkip:compare")).status_code == 403
