"""What a child of the kitchen does for the rolling restart: hires the cast, and looks at what is still under way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from makegood.config import clock
from makegood.demo import cast
from makegood.desk import models
from tests.crashes.working_desk import found

Say = Callable[..., None]


def hire(task: dict[str, Any], _: Say) -> None:
    """Bring the cast into a house that its processes have furnished."""
    PBKDF2PasswordHasher.iterations = 1000
    cast.load(now=clock.now(), password=task["password"])


def under_way(_: dict[str, Any], say: Say) -> None:
    """Say how many letters nobody has judged, and how many mails no server has answered for."""
    say(
        unjudged=models.InboxItem.objects.filter(state="stored").count(),
        unsent=models.OutboxItem.objects.filter(state__in=["waiting", "sending"]).count(),
        leases=models.OutboxItem.objects.filter(state="sending").count(),
    )


def record(task: dict[str, Any], say: Say) -> None:
    """Write down what the record says of every letter and every mail."""
    policies = models.PolicyVersion.objects.count()
    ways = {way: models.InboxItem.objects.filter(way=way).count() for way in ("smtp", "imap")}
    say(policies=policies, ways=ways)
    Path(task["home"], "found.json").write_text(json.dumps(found(clock.now()), default=str), "utf-8")
