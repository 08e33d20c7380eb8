"""The year's page in a browser: no card cuts what it holds."""

import pytest
from django.urls import reverse

from core.models.reference import Nomenclature
from lkip.enums import Direction, Formula, Level, TargetDocument
from lkip.models import Indicator
from lkip.services import plan
from tests.browser import window
from tests.lkip.conftest import YEAR

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def session(transactional_db, small_year, planner, client_as):
    """A planner whose programme serves two indicators, one of an interim number."""
    programme = Nomenclature.objects.get(key="p")
    Nomenclature.objects.filter(key="p").update(name="Program Penempatan Tenaga Kerja")
    Indicator.objects.filter(code="rate").update(name="Persentase penyelesaian perselisihan")
    wait = plan.save_indicator(
        planner, code="wait", name="Tingkat Pengangguran Terbuka", level=Level.IKU, unit="persen", decimals=2,
        direction=Direction.UP, formula=Formula.INTERIM, waits_for="Register", programmes=[programme],
    )  # fmt: skip
    plan.record_statistic(
        planner, indicator=wait, year=YEAR, value=1000, source="Bidang", waits_for="Register"
    )
    plan.set_target(planner, indicator=wait, year=YEAR, document=TargetDocument.PK, value=60)
    return client_as(user=planner).cookies["sessionid"].value


@pytest.mark.parametrize("width", [1280, 1180, 768, 360])
def test_efficiencies_fit_their_card_and_name_the_indicator(live_server, session, width):
    with window(live_server.url, width=width, session=session) as seen:
        seen.goto(reverse("lkip:year", args=[YEAR]))
        card = seen.page.locator("section[aria-labelledby=h-e]")
        cut = card.locator(".tw").evaluate("box => box.scrollWidth - box.clientWidth")
        assert cut <= 0, f"{cut} pixels are cut"
        rows = card.locator("tbody tr")
        assert rows.count() == 2
        said = rows.all_inner_texts()
        assert "Persentase penyelesaian perselisihan" in said[0] + said[1]
        assert "Tingkat Pengangguran Terbuka" in said[0] + said[1]
        assert all("Program Penempatan Tenaga Kerja" in each for each in said)
        assert seen.overflow() <= 0
        seen.shoot(f"lkip-year-{width}")
