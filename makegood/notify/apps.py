"""Tells Django where the words of our mails are kept in other languages."""

from __future__ import annotations

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """The room that gets word out. It has no models and no templates, only its catalogue of words."""

    name = "makegood.notify"
    label = "notify"
    verbose_name = "Makegood, getting word out"
