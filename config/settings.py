"""Settings of the installation, read from environment variables alone.

Without DATABASE_URL and REDIS_URL everything runs on one machine: SQLite, the filesystem broker and a
local-memory cache.
"""

from pathlib import Path
from urllib.parse import unquote

import environ
from csp.constants import NONCE, NONE, SELF

from config import sign_in
from config.keys import derive_keys
from config.sign_in import *  # noqa: F403 - settings of accounts and mail

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO_MODE", default=False)
PRODUCTION = not (DEBUG or DEMO_MODE)
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
REDIS_URL = env("REDIS_URL", default="")
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", default=1)  # web processes; gunicorn reads the same variable

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "simple_history",
    "rest_framework",
    "drf_spectacular",
    "config",
    "core",
    "messaging",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "jobseekers",
    "employers",
    "activities",
    "training",
    "disputes",
    "placements",
    "lkip",
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.BrowserFeatures",
    "config.middleware.OfficeNotSetUp",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.gate.AdmissionGate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.bodies.BodyLimit",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.HolderKey",
    "accounts.middleware.LimitMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.office",
                "messaging.context_processors.notices",
                "portal.context_processors.shell",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'sidakep.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was confirmed is on the disk also when the power fails.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"] |= {
        "HOST": unquote(DATABASES["default"]["HOST"]),  # a socket's folder is written %2Frun%2Fpostgresql
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(DATA_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o600
REQUEST_BYTES = (
    32 * 1024 * 1024
)  # one file of the largest kind, with room for a page to say what is wrong with it
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "config.bodies.NamelessUploads",
]

# Limits and locks live in the cache: one web process without Redis, any number with it (config.checks).
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env("CACHE_URL", default=REDIS_URL),
            "KEY_PREFIX": "sidakep",
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# A crowd at the pages for applying and booking: so many at a time in one process, the others wait (config.gate).
WAITING_ROOM_LIMIT = env.int("WAITING_ROOM_LIMIT", default=max(1, env.int("WEB_THREADS", default=8) * 3 // 4))
WAITING_ROOM_PATHS = env.list("WAITING_ROOM_PATHS", default=["/ak1/"])
WAITING_ROOM_CSS = "core/site.css"

# Background jobs. The table is the queue (core.jobs); the broker only ever holds a few numbers of it.
JOBS_QUEUE = "jobs"
JOBS_IN_BROKER = 1000 if REDIS_URL else 200
QUEUE_DIR = DATA_DIR / "queue"
SIGN_DIR = Path(env("SIGN_DIR", default=str(DATA_DIR)))  # where worker and beat give signs of life
CELERY_TASK_DEFAULT_QUEUE = JOBS_QUEUE
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_connect_timeout": 2,
        "max_retries": 1,
        "interval_start": 0,
        "interval_max": 0.2,
        "global_keyprefix": env("QUEUE_PREFIX", default=""),
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT = "config.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BEAT_SCHEDULER = "config.liveness:SignallingScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# The API: deny by default, JSON only, the site's own session.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.tokens.BearerToken", "core.api.SignedInSession"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.WellFormedJSON"],
    "DEFAULT_PAGINATION_CLASS": "core.api.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.api.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "API layanan ketenagakerjaan",
    "VERSION": "1",
    "DESCRIPTION": "Untuk pencari kerja dan petugas, dengan hak yang sama seperti di halaman.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.problems_in_schema",
    ],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PATH_CONVERTER_OVERRIDES": {
        "year": {"type": "integer", "minimum": 1000, "maximum": 9999},
        "key": {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
    },
    "COMPONENT_SPLIT_REQUEST": True,
    "AUTHENTICATION_WHITELIST": ["accounts.tokens.BearerToken", "core.api.SignedInSession"],
    "ENUM_NAME_OVERRIDES": {
        "ApplicationKind": "jobseekers.enums.ApplicationKind",
        "ApplicationState": "jobseekers.enums.ApplicationState",
        "BookingState": "jobseekers.enums.BookingState",
        "BreachState": "jobseekers.enums.BreachState",
        "CardState": "jobseekers.enums.CardState",
        "DisabilityKind": "jobseekers.enums.DisabilityKind",
        "DocumentKind": "jobseekers.enums.DocumentKind",
        "DocumentState": "jobseekers.enums.DocumentState",
        "DownloadState": "core.models.files.DownloadState",
        "RemovalReason": "jobseekers.enums.RemovalReason",
        "ReplacementReason": "jobseekers.enums.ReplacementReason",
        "RequestKind": "jobseekers.enums.RequestKind",
        "RequestState": "jobseekers.enums.RequestState",
        "UploadState": "core.models.staging.UploadState",
    },
}

# What a browser may do with our pages.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_SUBDOMAINS", default=False)
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "core.redaction.RedactingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # One line a message or a task is noise: core.jobs keeps the account.
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
        # gunicorn complains that Django leaves it to the server to drop the body of an answer to HEAD.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # subdomains and preload are the city's decision

PERSONAL_DATA_KEYS, BLIND_INDEX_KEY, SIGNING_KEY = derive_keys(env, SECRET_KEY, production=PRODUCTION)
globals().update(sign_in.mail_settings(demo=DEMO_MODE, data_dir=DATA_DIR))
