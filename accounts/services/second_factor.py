"""Upkeep of the sealed secrets of second factors, whose table is allauth's."""

import base64

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.adapters import SecondFactorAdapter
from core.personal import current_key_id, key_id_of

SEALED_KEYS = ("secret", "seed")


def reseal_secrets() -> int:
    """Seal every secret again that another than the current key sealed; return how many rows changed.

    Runs every night, so a key that was replaced in PERSONAL_DATA_KEYS may go after a day.
    """
    adapter, changed = SecondFactorAdapter(), 0
    for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=number).first()
            if row is None:
                continue
            old = {
                name: row.data[name]
                for name in SEALED_KEYS
                if name in row.data and key_id_of(base64.b64decode(row.data[name])) != current_key_id()
            }
            if old:
                row.data |= {name: adapter.encrypt(adapter.decrypt(value)) for name, value in old.items()}
                row.save(update_fields=["data"])
                changed += 1
    return changed
