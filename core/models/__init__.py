"""Models of the kernel."""

from core.models.agency import AgencyProfile
from core.models.audit import AuditEvent, AuditSeal
from core.models.counter import Counter
from core.models.files import DownloadFile, DownloadState, StoredFile
from core.models.idempotency import IdempotencyKey
from core.models.job import Job, JobState
from core.models.reference import (
    ClassificationCode,
    ClassificationMapping,
    DecreedYear,
    EducationLevel,
    Holiday,
    IpkEducationCode,
    MinimumWage,
    Nomenclature,
    ReferenceFile,
    Region,
    RegionAlias,
)
from core.models.search import SearchEntry, SearchKey
from core.models.staging import StagedRow, StagedUpload, UploadState
from core.models.workflow import WorkflowLog

__all__ = [
    "AgencyProfile",
    "AuditEvent",
    "AuditSeal",
    "ClassificationCode",
    "ClassificationMapping",
    "Counter",
    "DecreedYear",
    "DownloadFile",
    "DownloadState",
    "EducationLevel",
    "Holiday",
    "IdempotencyKey",
    "IpkEducationCode",
    "Job",
    "JobState",
    "MinimumWage",
    "Nomenclature",
    "ReferenceFile",
    "Region",
    "RegionAlias",
    "SearchEntry",
    "SearchKey",
    "StagedRow",
    "StagedUpload",
    "StoredFile",
    "UploadState",
    "WorkflowLog",
]
