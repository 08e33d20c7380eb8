"""The numbers that the job seekers' room contributes."""

from jobseekers.measures import applications, register
from jobseekers.measures.applications import COUNTED_KINDS
from jobseekers.measures.common import person_dimensions

__all__ = ["COUNTED_KINDS", "applications", "person_dimensions", "register"]
