"""Staff, their teams and absences; customers and their addresses."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from makegood.rules.policy import Role


class Team(models.Model):
    """People who answer together. `name` is what the policy's doors call it."""

    name = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.title


class StaffQuerySet(BaseUserManager["Staff"]):
    """What Django's own sign-in asks of a user table."""

    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(email__iexact=username)


class Staff(AbstractBaseUser, PermissionsMixin):
    """Somebody who works here. Never deleted: who left stays in the record with `is_active` off."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=[(str(r), str(r)) for r in Role], default=str(Role.AGENT))
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    calendar = models.CharField(max_length=60, blank=True)
    """A calendar of the policy; empty for the house's default."""
    time_zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=8, default="en")
    theme = models.CharField(max_length=6, default="system")
    is_active = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True, blank=True)
    totp_secret = models.CharField(max_length=64, blank=True)
    """Set once a second factor is enrolled; sign-in then asks for its code."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = StaffQuerySet()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_an_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    @property
    def short_name(self) -> str:
        first, *rest = self.name.split()
        return f"{first} {rest[-1][0]}." if rest else first


class Absence(models.Model):
    """A period `[from_at, to_at)` in which somebody can't hear an alarm; without an end until one is set."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="absences")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    cover = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="covers")
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["from_at"]


class Customer(models.Model):
    """Somebody who wrote to us. Two customers are never made one without a person saying so."""

    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    first_seen_at = models.DateTimeField()
    reminders_at = models.DateTimeField(null=True)
    """Since when he wants to be reminded of his codes; None where he doesn't."""

    def __str__(self) -> str:
        return self.name or "Somebody"


class CustomerAddress(models.Model):
    """One way to reach a customer. An address belongs to one customer only."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=12, default="mail")
    value = models.CharField(max_length=320)
    """Normalised: lower case, domain in its ASCII form."""
    verified_at = models.DateTimeField(null=True, blank=True)
    """When he proved that it is his, by answering or by opening his private link."""
    acknowledged_on = models.DateField(null=True, blank=True)
    """The last day on which an automatic acknowledgement went here: at most one a day."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="one_customer_an_address")]
