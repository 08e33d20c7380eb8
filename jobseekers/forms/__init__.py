"""Forms of the room by topic; each topic is a module, everything is asked for from here."""

from jobseekers.forms.officer import NotesForm, ReturnForm
from jobseekers.forms.person import (
    AddressForm,
    CheckForm,
    DeskForm,
    EducationForm,
    IdentityForm,
    MergeForm,
    PartForm,
    PhotoForm,
    RemoveForm,
    RevealForm,
    StartForm,
)
from jobseekers.forms.reporting import DeskReportForm, HolderReportForm
from jobseekers.forms.rights import BreachForm, RequestForm

__all__ = [
    "AddressForm",
    "BreachForm",
    "CheckForm",
    "DeskForm",
    "DeskReportForm",
    "EducationForm",
    "HolderReportForm",
    "IdentityForm",
    "MergeForm",
    "NotesForm",
    "PartForm",
    "PhotoForm",
    "RemoveForm",
    "RequestForm",
    "ReturnForm",
    "RevealForm",
    "StartForm",
]
