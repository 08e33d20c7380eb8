"""Models of the job seekers' room."""

from jobseekers.models.application import AK1Application
from jobseekers.models.card import AK1Card
from jobseekers.models.episode import Episode, EpisodeEvent
from jobseekers.models.person import JobSeeker

__all__ = ["AK1Application", "AK1Card", "Episode", "EpisodeEvent", "JobSeeker"]
