"""Addresses of the customer door."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
