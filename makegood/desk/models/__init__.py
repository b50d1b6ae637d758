"""Every table, by noun. Rows are written by `desk.actions` and by nothing else."""

from .alarms import Alarm, Notice
from .books import Budget, Posting, Transfer
from .cases import Case
from .codes import Code, Redemption
from .contacts import Attachment, Composing, Contact, Note
from .handoffs import Handoff
from .heard import Heard
from .inbox import InboxItem, MailboxCursor, RawItem
from .incidents import Affected, AffectedKey, AffectedList, Incident, RejectedRow, WavedOff
from .journal import Anchor, Entry
from .links import Link, LinkRequest
from .orders import Order, OrderProof
from .outbox import OutboxItem
from .people import Absence, Customer, CustomerAddress, Staff, Team
from .policies import PolicyVersion
from .programmes import Entitlement, Entrant, Imbalance, Mismatch, Programme, ProgrammeVersion
from .promises import Promise
from .remedies import AddressChange, Holding, PaymentMeans, Remedy, RemedyOption, Wish
from .rounds import Canary, Heartbeat
from .tokens import Token

__all__ = [
    "Absence",
    "AddressChange",
    "Affected",
    "AffectedKey",
    "AffectedList",
    "Alarm",
    "Anchor",
    "Attachment",
    "Budget",
    "Canary",
    "Case",
    "Code",
    "Composing",
    "Contact",
    "Customer",
    "CustomerAddress",
    "Entitlement",
    "Entrant",
    "Entry",
    "Handoff",
    "Heard",
    "Heartbeat",
    "Holding",
    "Imbalance",
    "InboxItem",
    "Incident",
    "Link",
    "LinkRequest",
    "MailboxCursor",
    "Mismatch",
    "Note",
    "Notice",
    "Order",
    "OrderProof",
    "OutboxItem",
    "PaymentMeans",
    "PolicyVersion",
    "Posting",
    "Programme",
    "ProgrammeVersion",
    "Promise",
    "RawItem",
    "Redemption",
    "RejectedRow",
    "Remedy",
    "RemedyOption",
    "Staff",
    "Team",
    "Token",
    "Transfer",
    "WavedOff",
    "Wish",
]
