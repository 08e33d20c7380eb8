"""Changing the office's profile."""

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.errors import Refused
from core.models.agency import AgencyProfile


class BadProfile(Refused):
    """A value of the profile is not acceptable; the message says which and why."""


_CHANGEABLE = {field.name for field in AgencyProfile._meta.concrete_fields} - {"id"}


@transaction.atomic
def set_agency(*, actor, **changes) -> AgencyProfile:
    """Write the office's profile (create it when there is none) and keep which fields changed in the audit trail.

    Raises BadProfile on colours without contrast, unknown policies, broken number formats or missing names.
    """
    unknown = changes.keys() - _CHANGEABLE
    if unknown:
        raise TypeError(f"the agency profile has no {sorted(unknown)}")
    profile = AgencyProfile.objects.select_for_update().filter(pk=1).first() or AgencyProfile()
    before = {name: getattr(profile, name, None) for name in changes} if profile.pk else {}
    for name, value in changes.items():
        setattr(profile, name, value)
    try:
        profile.save()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadProfile(" ".join(messages), field=field) from error
    changed = sorted(name for name, value in changes.items() if name not in before or before[name] != value)
    audit.record(audit.AGENCY_CHANGED, actor=actor, detail={"fields": changed})
    return profile
