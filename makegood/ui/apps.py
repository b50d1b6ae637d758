"""Tells Django where the shared look lives: templates, tags, static files, words in Spanish."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The room of templates and tags. It has no models."""

    name = "makegood.ui"
    label = "ui"
    verbose_name = "Makegood, the shared look"
