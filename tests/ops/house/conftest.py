"""One installation of real processes for all tests of this folder."""

import pytest

from tests.ops.house import houses

CARDS = 8


@pytest.fixture(scope="package")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """An office with cards of today, an applicant, an officer and a school; all processes run."""
    with django_db_blocker.unblock():
        building = houses.build(tmp_path_factory.mktemp("house"))
        built = next(building)
    try:
        built.who = houses.seeded(built, CARDS)
        for name in built.names():
            built.start(name)
        yield built
    finally:
        for _ in building:
            pass
