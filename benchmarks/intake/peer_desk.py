"""The peer's side, run by the Python of its own environment: `python peer_desk.py prepare|take FOLDER`, prints JSON.

django-helpdesk with the settings it asks for and nothing more; Django's own defaults for SQLite. It keeps what
it would send to itself (Django's dummy mail server), which spares it more than it spares us: our
acknowledgements are composed and put into the outbox.
"""

import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings
from django.urls import include, path

urlpatterns: list[object] = []
TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]
    },
}


def configure() -> None:
    """Set django-helpdesk up in PEER_HOME, on SQLite or on the PostgreSQL that PEER_DATABASE_URL names."""
    home, url = Path(os.environ["PEER_HOME"]), urlsplit(os.environ.get("PEER_DATABASE_URL", ""))
    database: dict[str, object] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(home / "helpdesk.sqlite3")}
    if url.scheme:
        database = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
        }
    settings.configure(
        SECRET_KEY="of this run",
        USE_TZ=True,
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.messages",
            "django.contrib.admin",
            "django.contrib.humanize",
            "helpdesk",
            "rest_framework",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[TEMPLATES],
        ROOT_URLCONF=__name__,
        SITE_ID=1,
        HELPDESK_TEAMS_MODE_ENABLED=False,
        MEDIA_ROOT=str(home / "media"),
        MEDIA_URL="/media/",
        STATIC_URL="/static/",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_FROM_EMAIL="help@larkfield.example",
        LOGGING_CONFIG=None,
        SILENCED_SYSTEM_CHECKS=["urls.W005"],
    )
    django.setup()
    # Not before: the pages of the peer ask for settings when they are imported.
    urlpatterns.append(path("", include("helpdesk.urls")))


def prepare() -> dict[str, object]:
    """Make an empty desk with one queue."""
    from django.apps import apps
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    apps.get_model("helpdesk", "Queue").objects.create(
        title="Care",
        slug="care",
        email_address="help@larkfield.example",
        allow_public_submission=True,
        allow_email_submission=True,
        email_box_type="local",
        email_box_interval=0,
        logging_type="none",
    )
    return {}


def take(folder: Path) -> dict[str, object]:
    """Let `get_email` take every mail of the folder in; says how long it took."""
    from django.apps import apps
    from django.core.management import call_command

    mails = len(list(folder.iterdir()))
    apps.get_model("helpdesk", "Queue").objects.update(email_box_local_dir=str(folder), email_box_last_check=None)
    wall, used = time.perf_counter(), time.process_time()
    call_command("get_email", quiet=True)
    wall, used = time.perf_counter() - wall, time.process_time() - used
    return {
        "mails": mails,
        "wall": wall,
        "cpu": used,
        "left": len(list(folder.iterdir())),
        "tickets": apps.get_model("helpdesk", "Ticket").objects.count(),
        "contacts": apps.get_model("helpdesk", "FollowUp").objects.count(),
    }


def threads() -> dict[str, object]:
    """Say by which number the desk knows each sender's first ticket."""
    from django.apps import apps

    rows = apps.get_model("helpdesk", "Ticket").objects.order_by("-pk").values_list("submitter_email", "pk")
    return dict(rows)


if __name__ == "__main__":
    task, *folders = sys.argv[1:]
    configure()
    print(json.dumps({"prepare": prepare, "take": take, "threads": threads}[task](*map(Path, folders))))
