"""The mail door: how letters get in, and how they are read.

The reading, in this order, is pure (raw bytes in, a value out; no clock, no database, nothing raises):
    letters.py      the whole letter: `read_letter(raw) -> Letter`
    headers.py      fields, encoded words, parameters, ids, dates, the loop mark
    parts.py        MIME parts as spans of the raw bytes, within limits
    bodies.py       the text, the HTML and the attachments of those parts
    tags.py         HTML tag by tag in one pass, and written again balanced
    markup.py       HTML made harmless by an allow-list
    plain.py        HTML as plain text, quotes marked
    visible.py      names, subjects and file names without hidden characters
    addresses.py    mail addresses read strictly
    authentic.py    what our own mail server found out about the sender
    automatic.py    whether a program wrote it, and which kind
    bounces.py      delivery, complaint and read reports
    masking.py      the same in a raw mail, before it is stored

The doors, each of which stores and commits before it says that it took anything:
    smtp_door.py      our listener, SMTP or LMTP    smtp_session.py   one conversation with it
    imap_door.py      mailboxes polled by UID       imap_place.py     a mailbox's URL
    file_door.py      .eml, mbox, Maildir
    our_addresses.py  which addresses are ours
    arrivals.py       raw bytes as the ledger stores them
    vault.py          originals that hold a card number, locked away

The judging of what was stored:
    letter_at_hand.py a stored letter, read
    judgement.py      what becomes of it, in which order
    programs.py       bounces, delays, absence notes
    answers.py        staff who answer by mail
    loops.py          all of it, running
"""
