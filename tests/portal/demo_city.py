"""Loading a demo city once for a test class, and looking at it."""

import json
from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from core.models.agency import forget
from portal.demo.city import City, open_city


class CityCase(TestCase):
    """Tests that read one loaded city; what they write is rolled back."""

    code = ""
    city: City

    @classmethod
    def setUpTestData(cls) -> None:
        """Load the city once for all tests of the class."""
        call_command("demo", cls.code, stdout=StringIO())
        cls.city = open_city(cls.code)

    @classmethod
    def tearDownClass(cls) -> None:
        """Forget the office that is rolled back."""
        super().tearDownClass()
        forget()


def figures(year: int) -> dict[str, dict]:
    """Return what ``lkip figures YEAR --format json`` prints, by code."""
    out = StringIO()
    call_command("lkip", "figures", str(year), format="json", stdout=out)
    return {row["code"]: row for row in json.loads(out.getvalue())}
