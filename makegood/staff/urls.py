"""Addresses of the staff door."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
