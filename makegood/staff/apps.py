"""The staff door."""

from django.apps import AppConfig


class StaffDoor(AppConfig):
    name = "makegood.staff"
