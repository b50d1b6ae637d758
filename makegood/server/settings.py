"""Django's settings, made from the table in `makegood.config`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from makegood import config

_PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = config.secret_key()
DEBUG = False
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    urlsplit(config.base_url()).hostname or "localhost",
    *(name.strip() for name in config.get("MAKEGOOD_ALLOWED_HOSTS").split(",") if name.strip()),
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "makegood.desk",
    "makegood.notify",
    "makegood.ui",
    "makegood.staff",
    "makegood.customer",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "makegood.server.static_files.StaticFiles",
    "makegood.server.headers.ContentPolicy",
    "makegood.server.charset.OnlyUtf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "makegood.server.newer.RefuseNewer",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "makegood.staff.own_language.OwnLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "makegood.server.urls"
WSGI_APPLICATION = None
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["makegood.ui.templatetags.makegood"],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Return Django's description of the database at `url`; SQLite in MAKEGOOD_HOME if it is empty."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(config.home() / "makegood.sqlite3"),
            # Tests use a file, too: in memory, threads meet locks that a real desk never sees.
            "TEST": {"NAME": str(config.home() / "test.sqlite3")},
            # What was read stays in memory for the thread's next request.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                # IMMEDIATE: a reader that means to write waits at the start, not in the middle.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: "accepted" is said to a mail server after COMMIT, so COMMIT must survive a power cut.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # What Python says of it repeats what stands in the port's place, and that may be half a password.
        raise config.SettingError(
            "MAKEGOOD_DATABASE_URL names no port from 1 to 65535, or no host; "
            "write / # ? @ in a password as %2F %23 %3F %40."
        ) from None
    if parts.scheme not in ("postgresql", "postgres"):
        raise config.SettingError(
            f"MAKEGOOD_DATABASE_URL begins with “{parts.scheme}://”; write postgresql://user:password@host/name."
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(config.get("MAKEGOOD_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "desk.Staff"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "board"
LOGOUT_REDIRECT_URL = "sign-in"

# Inside, everything is UTC; a reader's own zone is applied where a time is written out.
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [str(_PACKAGE / "ui" / "locale")]

STATIC_URL = "static/"
STATIC_ROOT = str(config.home() / "static")
Path(STATIC_ROOT).mkdir(exist_ok=True)  # WhiteNoise warns of a folder that is missing
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "makegood"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send `Origin: null` with a form, and Django's CSRF check refuses it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if config.base_url().startswith("https://"):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
CSRF_TRUSTED_ORIGINS = [config.base_url()]

# A raised upload limit would let one form fill memory; larger files are written to disk by Django as they come.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
FILE_UPLOAD_PERMISSIONS = 0o600
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # The address of a private page is its key, so no log may name one.
    "filters": {"private": {"()": "makegood.customer.quiet.HidePrivateLinks"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["private"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "mail.log": {"level": "WARNING"}},
}
