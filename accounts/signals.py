"""What higher apps may listen to. Receivers run inside the transaction of the change."""

from django.dispatch import Signal

signed_up = Signal()
"""An account was made by sign-up. Arguments: user, nik (str, sixteen digits; never store it in clear)."""

nik_released = Signal()
"""An officer found that a NIK is not this account's. Arguments: user (former holder), nik_index (bytes), actor."""
