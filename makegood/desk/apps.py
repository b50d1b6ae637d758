"""The one Django app with tables."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class DeskConfig(AppConfig):
    name = "makegood.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Tell PostgreSQL about its disk at each new connection."""
        connection_created.connect(_expect_a_fast_disk)


def _expect_a_fast_disk(connection: Any, **_: object) -> None:
    # PostgreSQL takes a page out of order to cost four in order, as on a turning disk: rather than look up the 600
    # cases that ring, it would walk through all 50,000 that are open.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET random_page_cost = 1.1")
