"""What the customer wishes, what is done to make it right, and what of his we hold.

The steps of a remedy follow the case's journal like every other column (`actions.record`), and `doctor` compares
the two. What no event carries (titles, words, keys) is written once, beside the event that names it.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from .books import Budget
from .cases import Case
from .contacts import Contact
from .people import Customer, CustomerAddress, Staff


class Wish(models.Model):
    """What the customer would like to have happen, in his own words. He may say another one; none is removed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="wishes")
    words = models.TextField()
    words_hash = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    door = models.CharField(max_length=60)
    """How he said it: `page`, or the door by which a member of staff heard it."""
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    """Who wrote it down for him; None where he said it on his own page."""

    class Meta:
        ordering = ["said_at", "id"]


class Remedy(models.Model):
    """One remedy of a case: who gives what to whom, by whose authority, and how far it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remedies")
    number = models.PositiveIntegerField()
    """Within the case, from 1."""
    key = models.UUIDField(unique=True)
    """Made with the form that proposes it: whoever sends that form twice proposes once. Orders carry it on."""
    step = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    failure = models.CharField(max_length=20)
    """What kind of failure it answers: outcome, process or both."""
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="remedies")
    currency = models.CharField(max_length=3)
    cost = models.BigIntegerField()
    """Cost to us in minor units: of the dearest option until he has chosen, then of what he chose."""
    value = models.BigIntegerField()
    """Value to the customer, in minor units of the same currency."""
    counted = models.BigIntegerField(null=True)
    """The cost in minor units of the house's currency, as authority and budgets count it; None without a rate."""
    gives = models.BooleanField(default=True)
    """Whether authority counts it; False once it was denied, declined, reversed or failed before anything left."""
    needs = models.CharField(max_length=12, blank=True)
    """The role that must approve; empty where the proposer's own authority sufficed."""
    above_first = models.BooleanField(default=False)
    """Whether it needed more authority than the first handler of the case had (M-26)."""
    proposed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="proposed_remedies")
    """None for an incident's, whose own approval stands behind it."""
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="approved_remedies")
    approved_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Whose authority it counts against: the proposer's, from its approval on the approver's."""
    given_at = models.DateTimeField()
    """Since when it counts against him."""
    offered_at = models.DateTimeField(null=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="offers")
    """The message that offered it."""
    expires_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    """Whether it was offered although it can't arrive before the customer needs it."""
    chosen = models.CharField(max_length=60, blank=True)
    """The key of the option he chose."""
    chosen_words = models.TextField(blank=True)
    """What exactly he chose, in his words."""
    accepted_at = models.DateTimeField(null=True)
    order_at = models.DateTimeField(null=True)
    """When the watch orders what he chose: his time to change it is over then, or a cooling-off is. Else empty."""
    ordered_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=200, blank=True)
    """Of the parcel or the payment, as the connector or a person gave it."""
    delivered_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    weak = models.BooleanField(default=False)
    """Confirmed by silence after delivery, not by his word."""
    moved_at = models.DateTimeField()
    """When it came to this step."""
    evidence = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    """What is offered, in the words the customer reads."""
    why = models.CharField(max_length=300, blank=True)
    """Why it is given: for a custom remedy, and for one above the soft ceiling."""
    ended_why = models.CharField(max_length=300, blank=True)
    """Why it was denied, declined, failed or reversed."""
    custom = models.BooleanField(default=False)
    before_wish = models.BooleanField(default=False)
    """Proposed before the customer was heard."""
    ancestor = models.PositiveIntegerField(null=True)
    """The number of the remedy that failed and whose place it takes."""
    incident = models.PositiveBigIntegerField(null=True)
    item = models.PositiveIntegerField(null=True)
    """The thing of the case that it is for, by its number; empty for the case as a whole."""
    about = models.CharField(max_length=200, blank=True)
    """What that thing is called."""
    budget = models.ForeignKey(Budget, null=True, on_delete=models.PROTECT, related_name="remedies")

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="remedy_number"),
            # Whatever is tried again: an incident makes good once each.
            models.UniqueConstraint(
                fields=["incident", "customer"],
                name="one_remedy_an_affected",
                condition=models.Q(incident__isnull=False, ancestor__isnull=True, gives=True),
            ),
        ]
        indexes = [
            # What waits for somebody's approval.
            models.Index(fields=["proposed_at", "id"], name="remedy_waiting", condition=models.Q(step="proposed")),
            # What was given to a customer, and by whom lately.
            models.Index(fields=["customer", "counted"], name="remedy_given", condition=models.Q(gives=True)),
            models.Index(
                fields=["given_by", "given_at", "counted"],
                name="remedy_given_by",
                condition=models.Q(gives=True, incident__isnull=True),
            ),
            models.Index(fields=["step", "moved_at", "id"], name="remedy_step"),
            models.Index(fields=["order_at", "id"], name="remedy_to_order", condition=models.Q(order_at__isnull=False)),
            models.Index(fields=["incident", "id"], name="remedy_incident", condition=models.Q(incident__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.kind} {self.step}"


class RemedyOption(models.Model):
    """One of the things among which the customer chooses; mostly there is but one."""

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="options")
    nth = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    """Unique within the remedy: what `remedy.accepted` names."""
    catalogue = models.CharField(max_length=60, blank=True)
    """Its entry in the policy's catalogue; empty for a custom one."""
    kind = models.CharField(max_length=20)
    connector = models.CharField(max_length=20, blank=True)
    evidence_by = models.CharField(max_length=20, blank=True)
    """What confirms it: carrier, payment, redeemed, customer or staff."""
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    cost = models.BigIntegerField()
    value = models.BigIntegerField()
    arrives_by = models.DateTimeField(null=True)
    stock = models.PositiveIntegerField(null=True)
    """How many are left, where somebody looked; 0 can't be offered."""
    means = models.CharField(max_length=200, blank=True)
    """Of a refund: the original payment that it goes back to."""

    class Meta:
        ordering = ["remedy", "nth"]
        constraints = [models.UniqueConstraint(fields=["remedy", "key"], name="option_of_remedy")]
        indexes = [
            # Whether one that the catalogue doesn't know was given before.
            models.Index(Lower("title"), name="option_custom", condition=models.Q(kind="custom")),
        ]


class Holding(models.Model):
    """Something of the customer's that we hold: a watch, a deposit. Its case can't close until he has it back."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holdings")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="holdings")
    what = models.CharField(max_length=200)
    where = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    value = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=300, blank=True)
    """What shows that he has it back."""

    class Meta:
        ordering = ["since", "id"]
        indexes = [
            models.Index(fields=["case"], name="holding_held", condition=models.Q(returned_at__isnull=True)),
        ]


class PaymentMeans(models.Model):
    """How a customer paid us: the only way by which money goes back to him."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="means")
    reference = models.CharField(max_length=200)
    """Of the original payment, as the shop or the bank names it."""
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    changed = models.BooleanField(default=False)
    """Given later, in place of the original: nothing is paid to it before the cooling-off is over."""
    checked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    """Who, being somebody else, asked the customer and ended the cooling-off."""
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["noted_at", "id"]
        constraints = [models.UniqueConstraint(fields=["customer", "reference"], name="means_of_customer")]


class AddressChange(models.Model):
    """A customer's new address. The old one was told, and no money leaves before the cooling-off is over."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="address_changes")
    address = models.ForeignKey(CustomerAddress, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    """Who, being somebody else, asked the customer and ended the cooling-off."""
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["changed_at", "id"]
