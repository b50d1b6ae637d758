"""Every address of the desk: the staff door, the customer's, and that of programs."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("c/", include("makegood.customer.urls")),
    path("api/", include("makegood.api.urls")),
    path("", include("makegood.staff.urls")),
]
