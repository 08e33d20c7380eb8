"""The doors by which higher rooms hear of a job seeker's life."""

from django.dispatch import Signal

life_event = Signal()
"""Sent with ``event`` (an EpisodeEvent) inside the transaction that wrote it."""

person_erased = Signal()
"""Sent with ``person`` (emptied already) and ``actor`` inside the transaction of an erasure: drop what you hold."""

self_reported = Signal()
"""Sent with ``report`` (a HolderReport) when a holder says they work: for an employer, or on their own account.

Inside the transaction that wrote it. It is a word, no placement: it counts as one only when verified.
"""
