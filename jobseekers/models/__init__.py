"""Models of the job seekers' room."""

from jobseekers.models.application import AK1Application
from jobseekers.models.card import AK1Card
from jobseekers.models.code_key import CodeKey
from jobseekers.models.document import Interview, PersonDocument, ReturnPoint
from jobseekers.models.episode import Episode, EpisodeCell, EpisodeEvent
from jobseekers.models.holder_report import HolderReport, OneTimeLink
from jobseekers.models.person import JobSeeker
from jobseekers.models.printing import CardPrint, PrintBatch
from jobseekers.models.profile import (
    AccommodationNeed,
    DesiredOccupation,
    Language,
    Schooling,
    Skill,
    TrainingHistory,
    WorkHistory,
)
from jobseekers.models.proposal import ProposedFacts
from jobseekers.models.rights import Breach, Consent, ConsentText, DataRequest
from jobseekers.models.visit import VisitBooking, VisitSlot

__all__ = [
    "AK1Application",
    "AK1Card",
    "AccommodationNeed",
    "Breach",
    "CardPrint",
    "CodeKey",
    "Consent",
    "ConsentText",
    "DataRequest",
    "DesiredOccupation",
    "Episode",
    "EpisodeCell",
    "EpisodeEvent",
    "HolderReport",
    "Interview",
    "JobSeeker",
    "Language",
    "OneTimeLink",
    "PersonDocument",
    "PrintBatch",
    "ProposedFacts",
    "ReturnPoint",
    "Schooling",
    "Skill",
    "TrainingHistory",
    "VisitBooking",
    "VisitSlot",
    "WorkHistory",
]
