"""The customer door."""

from django.apps import AppConfig


class CustomerDoor(AppConfig):
    name = "makegood.customer"
