"""Policies are versions; a case keeps the one it began with."""

from __future__ import annotations

from datetime import datetime

import pytest

from makegood.config import shipped
from makegood.demo.cast import HOUSE, Cast
from makegood.desk.actions import policies

pytestmark = pytest.mark.django_db


def test_the_same_text_is_the_same_version(cast: Cast, monday_ten: datetime) -> None:
    again = policies.load(shipped.demo_policy(), name=HOUSE, laws=shipped.law_texts(), now=monday_ten)
    assert again == cast.version
