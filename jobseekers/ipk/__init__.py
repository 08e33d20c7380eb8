"""The forms IPK III of one month, computed from the ledger of job seekers when they are asked for."""

from datetime import date

from jobseekers.ipk.base import TITLES, Annex, Form, Line
from jobseekers.ipk.register_forms import form_1, form_2, form_3
from jobseekers.ipk.split_forms import form_7, form_8

_MAKERS = {"III/1": form_1, "III/2": form_2, "III/3": form_3, "III/7": form_7, "III/8": form_8}
FORMS = {code.replace("/", "-"): TITLES[code] for code in _MAKERS}
"""Code as it stands in an address ("III-1") -> title."""

__all__ = ["FORMS", "Annex", "Form", "Line", "form_1", "form_2", "form_3", "form_7", "form_8", "form_of"]


def form_of(code: str, month: date) -> Form:
    """The form of this code ("III-1"); `month` is its first day. Raises KeyError for another."""
    return _MAKERS[code.replace("-", "/")](month)
