"""All settings, read from the environment; with an empty environment the embedded set-up runs.

Embedded: SQLite, background work and mail on this machine, plain http on the loopback address.
Production: set `SECURE=1`, `SECRET_KEY`, `ALLOWED_HOSTS` and `DATABASE_URL`; the process refuses
to start when one of the first two is missing.
"""

import datetime
import secrets
from pathlib import Path

import environ
import structlog
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()
environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
SECURE = env.bool("SECURE", default=False)
if SECURE and DEBUG:
    raise ImproperlyConfigured("SECURE=1 and DEBUG=1 exclude each other: unset DEBUG in production.")


def _embedded_secret() -> str:
    """A secret of this installation, made once and kept beside its database, never in the code."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = env.str("SECRET_KEY", default="") or ("" if SECURE else _embedded_secret())
if not SECRET_KEY:
    raise ImproperlyConfigured("SECURE=1 needs SECRET_KEY: set it to 50 or more random characters.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if SECURE else ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # how many proxies of ours add to X-Forwarded-For

INSTALLED_APPS = [
    "projects.apps.ProjectsConfig",
    "projects.apps.ProjectsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "projects.web.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "projects.web.middleware.refuse_control_characters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "projects.web.middleware.speak_chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "projects.accounts.sessions.limit_session",
    "projects.accounts.sessions.lead_to_the_door",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "projects.web.middleware.deny_caching",
    "projects.web.middleware.bind_actor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "projects.accounts.sessions.ask_for_own_password",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "projects.web.middleware.refusals_as_answers",
    "projects.accounts.confirming.ask_password_again",
    "projects.web.middleware.rerate_changed",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "projects.web.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# Database. SQLite: one writer at a time from the first statement on (a deferred transaction that
# turns into a writer fails at once, whatever the timeout), and every commit reaches the disk.
# A connection is kept for a minute: opening one costs as much as all queries of the list.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c statement_timeout=15000"

# Two caches: failed sign-ins must be counted by all processes together, so they live in the
# database; totals of a list are keyed by the lines' own stamp, so each process may keep its own.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    "totals": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "totals",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

# Background work: a queue in the database, worked off by `manage.py worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People.
AUTH_USER_MODEL = "projects.User"
AUTHENTICATION_BACKENDS = ["projects.web.signed_in.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_django_rules = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name, "OPTIONS": options}
    for name, options in {
        f"{_django_rules}.UserAttributeSimilarityValidator": {"user_attributes": ("username", "name")},
        "projects.accounts.passwords.LongEnough": {"min_length": 10},
        f"{_django_rules}.CommonPasswordValidator": {},
        f"{_django_rules}.NumericPasswordValidator": {},
        "projects.accounts.passwords.AnotherThanNow": {},
    }.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "projects.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "30/m/ip,5/15m/key", "change_password": "5/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
USER_MODEL_USERNAME_FIELD = "username"

IDLE_MINUTES = env.int("IDLE_MINUTES", default=30)
CONFIRM_MINUTES = env.int("CONFIRM_MINUTES", default=5)  # the password is asked again before publishing and roles
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "projects.web.errors.csrf_failure"

# What of the register people may read: "district" (all of the own district) or "unit" (the own unit only).
READING = env.str("READING", default="district")
if READING not in {"district", "unit"}:
    raise ImproperlyConfigured(f'READING is "district" or "unit", not {READING!r}.')

# Language, time.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
_today = env.str("TODAY", default="")  # the demonstration stands still on a day of its own
TODAY = datetime.date.fromisoformat(_today) if _today else None

# Static files: found in place when embedded, collected and hashed in production.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not SECURE
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
_store = env.str("ATTACHMENT_STORAGE", default="")


def _files(folder: str, options: object) -> dict[str, object]:
    """Where files of one sort lie: with the class that the settings name, else in a folder for us alone."""
    if _store:
        return {"BACKEND": _store, "OPTIONS": options}
    kept = {"location": str(DATA_DIR / folder), "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": kept}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "attachments": _files("attachments", env.json("ATTACHMENT_STORAGE_OPTIONS", default={})),
    "results": _files("results", env.json("RESULT_STORAGE_OPTIONS", default={})),  # to be fetched within a week
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SECURE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "media"

# Photos and documents of projects; they are handed out by a page that asks for the right, never as static files.
ATTACHMENT_MB = env.int("ATTACHMENT_MB", default=10)
ATTACHMENT_QUOTA_MB = env.int("ATTACHMENT_QUOTA_MB", default=2048)
UPLOAD_CEILING = (3 * ATTACHMENT_MB + 10) * 1024 * 1024  # bytes; up to here a page refuses in words
FILE_UPLOAD_HANDLERS = [
    "projects.web.uploads.Ceiling",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# What a browser may do.
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
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if SECURE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Logs: one line of JSON an event on standard error, without bodies or personal data.
_shared_processors = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _shared_processors,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

# Mail: where it goes, who it is from, and the address of the pages that it leads to.
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="major-projects@localhost")
_here = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if SECURE and ALLOWED_HOSTS else "http://127.0.0.1:8000"
SITE_URL = env.str("SITE_URL", default=_here).rstrip("/")
