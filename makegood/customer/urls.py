"""Addresses of the customer door. Everything begins with the secret of one private link."""

from django.urls import path

from . import amends, new_link, papers, views

urlpatterns = [
    path("new-link/", new_link.new_link, name="customer-new-link"),
    path("<str:secret>/", views.page, name="customer-page"),
    path("<str:secret>/write/", views.write, name="customer-write"),
    path("<str:secret>/not-resolved/", views.not_resolved, name="customer-not-resolved"),
    path("<str:secret>/right-again/", views.right_again, name="customer-right-again"),
    path("<str:secret>/manager/", views.manager, name="customer-manager"),
    path("<str:secret>/release/<int:number>/", views.release, name="customer-release"),
    path("<str:secret>/wish/", amends.wish, name="customer-wish"),
    path("<str:secret>/remedies/<int:number>/choose/", amends.choose, name="customer-choose"),
    path("<str:secret>/remedies/<int:number>/decline/", amends.decline, name="customer-decline"),
    path("<str:secret>/remedies/<int:number>/right/", amends.confirm, name="customer-confirm"),
    path("<str:secret>/remedies/<int:number>/not-right/", amends.not_right, name="customer-not-right"),
    path("<str:secret>/reminders/", amends.reminders, name="customer-reminders"),
    path("<str:secret>/zone/", views.zone, name="customer-zone"),
    path("<str:secret>/copy/", papers.copy, name="customer-copy"),
    path("<str:secret>/files/<int:pk>/", papers.file, name="customer-file"),
    path("<path:anything>", views.nowhere),
]
