"""Models of the training app."""

from training.models.certificate import Certificate
from training.models.cohort import TrainingCohort
from training.models.enrolment import Enrolment
from training.models.programme import ProgrammeAlias, TrainingProgramme
from training.models.provider import TrainingProvider

__all__ = [
    "Certificate",
    "Enrolment",
    "ProgrammeAlias",
    "TrainingCohort",
    "TrainingProgramme",
    "TrainingProvider",
]
