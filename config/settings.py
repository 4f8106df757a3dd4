"""How is Placewatch wired? One file, fed by the environment only (config/environment.py)."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.required("SECRET_KEY", "it signs sessions and forms")
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 40 characters: make a longer random one.")
FIELD_KEY = environment.secret_bytes(
    "FIELD_KEY", "it encrypts restricted addresses and webhook secrets in the database", length=32
)
DEBUG = False
BASE_URL = os.environ.get("PLACEWATCH_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("PLACEWATCH_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
HTTPS = environment.switch("PLACEWATCH_HTTPS", default=True)
EXAMPLE = environment.switch("PLACEWATCH_EXAMPLE")
LOOPBACK_RECEIVERS = environment.switch("PLACEWATCH_LOOPBACK_RECEIVERS")
STATE_DIR = Path(os.environ.get("PLACEWATCH_STATE", BASE_DIR / "state"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "axes",
    "csp",
    "rest_framework",
    "oauth2_provider",
    "drf_spectacular",
    "db",
    "audit",
    "geo",
    "accounts",
    "duties",
    "notifications",
    "hotspots",
    "placements",
    "leaving_care",
    "api",
    "web",
    "example",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "web.headers.PrivateAnswerMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.requests.RequestTransactionMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "web.context.signed_in",
            ]
        },
    }
]

# `default` is the role that serves people (or, in a worker, the worker's role); neither owns a table.
# `owner` exists only where MIGRATION_DATABASE_URL is set: migrations and public reference data.
DATABASES = {"default": environment.database(environment.required("DATABASE_URL", "it names the service's database"))}
if os.environ.get("MIGRATION_DATABASE_URL"):
    DATABASES["owner"] = environment.database(os.environ["MIGRATION_DATABASE_URL"])
if os.environ.get("CLOCK_DATABASE_URL"):
    DATABASES["clock"] = environment.database(os.environ["CLOCK_DATABASE_URL"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# After ten wrong passwords an account waits a quarter of an hour: a guesser is stopped, its owner soon in again.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "web.views.errors.too_many_tries"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [
    ("govuk", BASE_DIR / "node_modules" / "govuk-frontend" / "dist" / "govuk"),
    ("web", BASE_DIR / "web" / "static"),
]
STATICFILES_FINDERS = ["web.front_end.ServedFilesFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Sessions live in the database, so that signing a person out takes effect at the next request.
SESSION_COOKIE_NAME = "__Host-placewatch" if HTTPS else "placewatch"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
CSRF_COOKIE_NAME = "__Host-placewatch-form" if HTTPS else "placewatch-form"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "web.views.errors.form_expired"
SECURE_SSL_REDIRECT = HTTPS
# How many proxies of the deployer's stand in front, each of which adds to X-Forwarded-For whom it saw.
PROXIES = environment.whole_number("PLACEWATCH_PROXIES", default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
# Other sites learn no address of ours. "no-referrer" would make browsers send our own forms with `Origin: null`, which
# the check against forged forms refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
FILE_UPLOAD_HANDLERS = [
    "web.bodies.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.ActorAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.PolicyPermission"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "api.schema.PolicyAutoSchema",
    "EXCEPTION_HANDLER": "api.errors.problem_response",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": None,
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Placewatch",
    "DESCRIPTION": "Placements of looked-after children outside their own area: whose area, what it means, who was told.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [],
}

OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.ApiClient"
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "SCOPES": {"placewatch": "Everything that the client's role may do for its authority"},
    "DEFAULT_SCOPES": ["placewatch"],
    # Tokens are kept as digests only.
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}

# E-mail to authorities without a system of their own: GOV.UK Notify where a key is given, else a mail server, else none.
NOTIFY_API_KEY = os.environ.get("PLACEWATCH_NOTIFY_API_KEY", "")
NOTIFY_TEMPLATES = {
    "notice": os.environ.get("PLACEWATCH_NOTIFY_TEMPLATE_ID", ""),
    "new_lines": os.environ.get("PLACEWATCH_NOTIFY_NEW_LINES_TEMPLATE_ID", ""),
}
NOTIFY_URL = os.environ.get("PLACEWATCH_NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_CALLBACK_TOKEN = os.environ.get("PLACEWATCH_NOTIFY_CALLBACK_TOKEN", "")
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS = environment.mail_server(
    "PLACEWATCH_SMTP_URL"
)
EMAIL_TIMEOUT = 15
# By a mail server only: where e-mails come back to, and the Maildir in which what comes back is found.
BOUNCE_ADDRESS = environment.return_address("PLACEWATCH_BOUNCE_ADDRESS")
BOUNCE_FOLDER = os.environ.get("PLACEWATCH_BOUNCE_FOLDER", "")
DEFAULT_FROM_EMAIL = os.environ.get("PLACEWATCH_EMAIL_FROM", "placewatch@localhost")

# Celery delivers, PostgreSQL remembers (ADR 0003): nothing here needs to survive the broker.
CELERY_BROKER_URL = os.environ.get("BROKER_URL", "")
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 540
CELERY_TASK_SOFT_TIME_LIMIT = 500
# What must not wait behind a long screening has a queue, and a worker, of its own.
CELERY_TASK_DEFAULT_QUEUE = "work"
QUEUE_ARGUMENTS, CELERY_BROKER_TRANSPORT_OPTIONS = environment.broker(CELERY_BROKER_URL)
CELERY_TASK_QUEUES = tuple(
    Queue(name, routing_key=name, queue_arguments=QUEUE_ARGUMENTS) for name in (CELERY_TASK_DEFAULT_QUEUE, "post")
)
CELERY_TASK_ROUTES = {
    "notifications.tasks.*": {"queue": "post"},
    "audit.tasks.seal_log": {"queue": "post"},
    "audit.tasks.write_checkpoint": {"queue": "post"},
}
CELERY_BEAT_SCHEDULER = "config.beat:SteadyScheduler"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# The timetable connects again where its broker went away under it; a nudge, which people wait for, never tries twice.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 3, "interval_start": 0, "interval_step": 0.5, "interval_max": 1}
CELERY_DB_REUSE_MAX = 1000
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Else it puts a logger of its own in the place of standard error, and what our handler writes there ends nowhere.
CELERY_WORKER_REDIRECT_STDOUTS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "audit.lines.OneLineFormatter"}},
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["standard_error"], "level": "INFO"},
    "loggers": {
        # Refused requests are no matter for the log; of failed ones it holds no address (audit/lines.py).
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "ERROR"},
        # Its lines hold what the e-mail service answered, which may quote an address.
        "notifications_python_client": {"level": "ERROR"},
        # Its lines hold e-mail addresses of those who tried.
        "axes": {"level": "CRITICAL"},
        # Celery puts the words of an error that it could not handle into a warning.
        "py.warnings": {"level": "CRITICAL"},
        # One line for each way in which it tries to understand a report.
        "flufl.bounce": {"level": "WARNING"},
        # One line for each step of each letter that it prints.
        "weasyprint": {"level": "WARNING"},
    },
}

# Debian 12's GDAL is older than the one that can block file access (gis.W001). No untrusted byte reaches GDAL:
# GeoDjango uses it for spatial reference names only, and files are read by parsers of our own choosing.
# An account is locked by its name, wherever the tries come from (axes.W006): another address or browser is no way round.
SILENCED_SYSTEM_CHECKS = ["gis.W001", "axes.W006"]
