"""All settings, read from the environment. docs/production.md lists every variable."""

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.logs import keep_faults_only
from config.secret import read_secret_key

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("PANO_VAR", default=str(BASE_DIR / "var")))

# --- which installation this is -------------------------------------------------------------------------------------
PANO_ENV = env.str("PANO_ENV", default="demo")
if PANO_ENV not in {"demo", "production", "test"}:
    raise ImproperlyConfigured(f"PANO_ENV is {PANO_ENV!r}; allowed: demo, production, test.")
IS_PRODUCTION = PANO_ENV == "production"
IS_TEST = PANO_ENV == "test"
if IS_PRODUCTION:
    for required in ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "PANO_BASE_URL"):
        if not env.str(required, default=""):
            raise ImproperlyConfigured(f"PANO_ENV=production needs {required}; see docs/production.md.")
else:
    VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = PANO_ENV == "demo" and env.bool("PANO_DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or read_secret_key(VAR_DIR / "secret-key")

# --- addresses ------------------------------------------------------------------------------------------------------
PORT = env.int("PORT", default=8000)
HOST = env.str("HOST", default="127.0.0.1")
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS if HOST in {"127.0.0.1", "localhost"} else ["*"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Absolute links in feeds, QR codes and papers start with this.
PANO_BASE_URL = env.str("PANO_BASE_URL", default=f"http://localhost:{PORT}").rstrip("/")
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

# --- applications ---------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "units",
    "venues",
    "events",
    "visuals",
    "mobile_teams",
    "maps",
    "units.admin_app.StaffAdminConfig",  # django.contrib.admin with the product's own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "schedule",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    *([] if IS_TEST else ["whitenoise.middleware.WhiteNoiseMiddleware"]),
    "csp.middleware.CSPMiddleware",
    "config.caching.caching_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.language_middleware",
    "config.addresses.address_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],  # first: django-scheduler ships a base.html of its own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.context.installation",
            ],
        },
    },
]

# --- data -----------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": env.db_url("DATABASE_URL")
    if env.str("DATABASE_URL", default="")
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "pano.sqlite3")},
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer takes its lock before it reads, so a check cannot go stale
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-32768;",  # 32 MB: a province's index of occurrences stays in memory
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 0 if IS_TEST else 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    "feeds": env.cache_url("FEED_CACHE_URL", default="dbcache://feed_cache"),  # all processes share it
}
if CACHES["feeds"]["BACKEND"].endswith("DatabaseCache"):  # others bound themselves by memory
    CACHES["feeds"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 2_000)
if any("redis" in cache["BACKEND"] for cache in CACHES.values()) and find_spec("redis") is None:
    raise ImproperlyConfigured("A cache in Redis needs its client: pip install redis; see docs/production.md.")
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if IS_TEST else "django_tasks_db.DatabaseBackend",
    },
}

# --- people ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = ["units.backends.RoleBackend"]  # roles in units are the only source of rights
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in hundreds of times
    if IS_TEST
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
# Demo accounts: None wherever they must not exist.
PANO_DEMO_PASSWORD: str | None = None if IS_PRODUCTION else env.str("PANO_DEMO_PASSWORD", default="pano-demo")

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- static files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "config" / "static", VAR_DIR / "assets"]  # var/assets: see config/assets.py
(VAR_DIR / "assets").mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_TEST or DEBUG
        else "config.storage.HashedStaticStorage",
    },
}
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = DEBUG

# --- maps and geocoding: nothing leaves the machine unless an address is given ----------------------------------------
MAP_TILE_URL = env.str("MAP_TILE_URL", default="")
MAP_TILE_CREDIT = env.str("MAP_TILE_CREDIT", default="© OpenStreetMap contributors")
NOMINATIM_URL = env.str("NOMINATIM_URL", default="")

# --- security -------------------------------------------------------------------------------------------------------
_tile_parts = urlsplit(MAP_TILE_URL)
# A "{s}" in the host stands for Leaflet's subdomains: the policy needs a wildcard there.
_tile_hosts = [f"{_tile_parts.scheme}://{_tile_parts.netloc.replace('{s}', '*')}"] if MAP_TILE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *_tile_hosts],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SECURE_SSL_REDIRECT = IS_PRODUCTION and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000) if IS_PRODUCTION else 0
PANO_TRUST_PROXY = env.bool("PANO_TRUST_PROXY", default=False)  # only behind a proxy that sets the headers itself
if PANO_TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- mail and logs --------------------------------------------------------------------------------------------------
_email = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds; one that does not answer is tried again later
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="pano@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {
        "faults": {"()": "django.utils.log.CallbackFilter", "callback": keep_faults_only},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["faults"]}},
    "root": {"handlers": ["console"], "level": env.str("PANO_LOG_LEVEL", default="ERROR" if IS_TEST else "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "ERROR" if IS_TEST else "INFO"},
        "django.server": {"handlers": [], "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # scanners, not faults
        "fontTools": {"level": "ERROR"},
        "pikepdf": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}

# --- planning -------------------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # ticks of a list in which a series stands as often as it takes place
PANO_IMPORT_HOSTS = env.list("PANO_IMPORT_HOSTS", default=[])  # whence calendars may be fetched: none
PANO_HORIZON_DAYS = env.int("PANO_HORIZON_DAYS", default=730)  # how far ahead a series without end is laid out

# --- documents ------------------------------------------------------------------------------------------------------
PANO_WORKERS = env.int("PANO_WORKERS", default=min(2, os.cpu_count() or 1))  # background workers of config.serve
PANO_BATCH_DAYS = env.int("PANO_BATCH_DAYS", default=7)  # how long papers made in the background are kept
PANO_BATCH_LEASE = env.float("PANO_BATCH_LEASE", default=20)  # seconds without a sign of life until another takes over

# --- feeds ----------------------------------------------------------------------------------------------------------
PANO_TOMBSTONE_DAYS = env.int("PANO_TOMBSTONE_DAYS", default=400)  # how long what was called off is still told
PANO_ARCHIVE_DAYS = env.int("PANO_ARCHIVE_DAYS", default=400)  # how long an archived campaign stays in its feeds
PANO_FEED_RATE_TOKEN = env.int("PANO_FEED_RATE_TOKEN", default=60)  # requests a minute for one private link; 0: any
PANO_FEED_RATE_ADDRESS = env.int("PANO_FEED_RATE_ADDRESS", default=1200)  # and from one address, many people's at once

# --- registries: readable tables of dotted paths, so that lower rooms never import higher ones ------------------------
PANO_AUDIT_WRITER = "units.audit.record_change"
PANO_NARROW_SUBJECTS = frozenset(  # audited rows whose change shows in no activity but their own (units.marks)
    {
        "events.activity",
        "events.notice",
        "events.acceptedwarning",
        "events.documentform",
        "events.planbranch",
        "events.savedfilter",
        "events.subscription",
        "visuals.posting",
        "mobile_teams.tour",
    }
)
PANO_REFERENCE_LOADERS = (  # in order: later ones refer to rows of earlier ones
    "venues.reference_loader.load_places",
    "units.reference_loader.load_units",
    "mobile_teams.reference_loader.load_teams",
    "events.legal_loader.load_legal_figures",
    "events.almanac.loader.load_almanac_tables",
)
PANO_PLAN_SHEETS = ("visuals.workbook.SHEETS", "mobile_teams.workbook.SHEETS")
PANO_ACTIVITY_LINKS = ("visuals.links.activity_links", "mobile_teams.links.activity_links")
PANO_FEED_SUGGESTIONS = ("mobile_teams.links.feed_suggestions",)
PANO_LATE_CHANGE_TELLER = "events.tasks.schedule_telling"
PANO_DEADLINES = {
    "notice": "events.feeds.deadlines.notices",
    "removal": "visuals.due.removal_deadlines",
    "report": "events.feeds.deadlines.reports",
}
PANO_DUE_ITEMS = ("visuals.due.removals_due",)
PANO_WORLD_SOURCES = ("mobile_teams.travel.team_facts", "visuals.removals.removal_facts")  # what conflict rules see
PANO_CONFLICT_RULES = ("visuals.rules.removal.check",)  # rules of rooms above, after those of events.rules.engine
PANO_DOCUMENT_KINDS = {  # what can be printed, in the order of the page; events.documents.registry
    "schedule": "events.documents.kinds.SCHEDULE",
    "week": "events.documents.kinds.WEEK",
    "postings": "visuals.documents.POSTINGS",
    "calendar": "events.documents.kinds.WALL",
    "notices": "events.documents.kinds.NOTICES",
    "removals": "visuals.documents.REMOVALS",
    "route-sheet": "mobile_teams.documents.ROUTE_SHEET",
}
PANO_MAP_LAYERS = {
    "activities": "maps.sources.activities",
    "tours": "maps.sources.tours",
    "venues": "maps.sources.venues",
    "faces": "maps.sources.faces",
}

# --- tests: a database file of each process's own, since concurrency tests open it from many threads ------------------
if IS_TEST:
    from config.scratch import test_database_name

    DATABASES["default"]["TEST"] = {"NAME": test_database_name(DATABASES["default"]["ENGINE"])}
    PANO_BASE_URL = "http://testserver"
