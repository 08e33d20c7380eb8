"""A refused page is one line in the log; an error keeps its traceback; neither shows an identity number."""

import logging
import sys
from datetime import date

import pytest

from core.personal import make_nik
from core.redaction import RedactingFormatter


@pytest.mark.parametrize(("status", "lines"), [(403, 1), (404, 1), (500, 4)])
def test_only_errors_keep_their_traceback(status, lines):
    nik = make_nik("327702", date(2000, 1, 2), "F", 9321)
    try:
        raise ValueError(f"nik {nik}")
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.WARNING, "x", 1, "Forbidden: /x/", (), sys.exc_info()
        )
    record.status_code = status
    text = RedactingFormatter("%(message)s").format(record)
    assert nik not in text
    assert len(text.splitlines()) >= lines
    assert ("Traceback" in text) is (status >= 500)
