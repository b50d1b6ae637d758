"""Every place at which the program may be broken. A test holds this list to the code."""

PLACES: tuple[str, ...] = (
    # Intake: storing what came, by the listener, a mailbox, a file or the customer's page.
    "imap.after_fetch",
    "ledger.before_commit",
    "ledger.after_commit",
    "smtp.before_250",
    "imap.before_cursor",
    "imap.after_cursor",
    "imap.after_marking",
    # Judging it.
    "intake.after_claim",
    "intake.after_reading",
    "attachment.before_row",
    "intake.before_commit",
    "intake.after_commit",
    # Every action on a case, and what time does to cases.
    "record.after_journal",
    "action.before_commit",
    "action.after_commit",
    # The watch's claim, word to people, the day's seal, the canary.
    "watch.after_claim",
    "word.before_commit",
    "word.after_commit",
    "seal.before_commit",
    "seal.after_commit",
    "canary.before_commit",
    "canary.after_commit",
    # Delivery.
    "outbox.after_claim",
    "outbox.before_send",
    "outbox.after_hand_over",
    "outbox.after_250",
    "outbox.before_settle",
    "outbox.after_settle",
)
INCIDENTS: tuple[str, ...] = ("incident.before_commit", "incident.after_commit")
"""Passed by the job of an incident, which `tests/desk/test_incidents.py` kills at every place that it passes."""
MAKING_GOOD: tuple[str, ...] = (
    # Proposing, approving, choosing, ordering.
    "remedy.after_lock",
    "approval.after_lock",
    "remedy.after_choice",
    "remedy.before_order",
    "remedy.after_order",
    # What each of them moves in the books.
    "books.before_postings",
    "books.after_postings",
    # A code made, and redeemed.
    "code.after_row",
    "redeem.after_taking",
    "redeem.before_commit",
    "redeem.after_commit",
    # Carrying out: broken by F-32, too.
    "order.after_claim",
    "order.after_hand_over",
    "order.after_answer",
    "order.before_commit",
    "order.after_settle",
)
"""Passed by the day on which it is made good (`making_good_day`), and by no other."""
