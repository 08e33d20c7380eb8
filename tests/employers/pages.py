"""What page tests of several apps do: count queries, read errors, ask as every role."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(client, url: str) -> int:
    """How many queries a page asks, once what is cached for all pages is warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(found)


def errors_of(response) -> str:
    """The text of the page that a refused form came back on."""
    assert response.status_code == 422, response.status_code
    return response.content.decode()


def statuses(client_as, url: str, roles, *, institution=None) -> dict:
    """What `url` answers to each role; operators act for `institution`."""
    found = {}
    for role in roles:
        client = client_as(role, institution if role and role.endswith("_OPERATOR") else None)
        found[role] = client.get(url).status_code
    return found
