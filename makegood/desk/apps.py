"""The one Django app with tables."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "makegood.desk"
    label = "desk"
    verbose_name = "Desk"
