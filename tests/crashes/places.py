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
MAKING_GOOD: tuple[str, ...] = (
    # Proposing, approving, ordering: broken by F-31 and F-33.
    "remedy.after_lock",
    "approval.after_lock",
    "remedy.before_order",
    "remedy.after_order",
    # Carrying out: broken by F-32.
    "order.after_claim",
    "order.after_hand_over",
    "order.after_answer",
    "order.before_commit",
    "order.after_settle",
)
"""Places that no small day passes; the modules of their faults break them."""
