"""The door by which higher rooms hear of a job seeker's life."""

from django.dispatch import Signal

life_event = Signal()
"""Sent with ``event`` (an EpisodeEvent) inside the transaction that wrote it."""
