"""Every address of the desk: the staff door, and the customer's."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("c/", include("makegood.customer.urls")),
    path("", include("makegood.staff.urls")),
]
