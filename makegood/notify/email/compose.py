"""Plain values in, the bytes of a mail out. One function for each kind of mail.

What a mail says is put together from blocks, in the reader's language and
time zone, and drawn as text and as HTML. Every field is cleaned first; what a
customer wrote stands in no mail that a program sends to him.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext

from .as_html import as_html
from .as_text import as_text
from .blocks import Bar, Block, Body, Button, Heading, Headline, Letter, Link, Quote, Sentence, Tone
from .clean import cleaned
from .digests import digest_blocks, headline, subject_of
from .message import LOOP_HEADER as LOOP_HEADER
from .message import Outgoing, as_bytes
from .message import desk_id as desk_id
from .message import is_address as is_address
from .moments import reader
from .reply_line import REPLY_LINES
from .ribbon import ribbon
from .words import (
    Acknowledgement,
    CanaryLetter,
    ClosingQuestion,
    CodeReminder,
    Digest,
    Envelope,
    NewLinks,
    PromiseLine,
    ReplyLetter,
)


def acknowledgement(letter: Acknowledgement) -> bytes:
    """Return "we have your message": who has the case, by when that person answers, the private page.

    Not a word of the sender's is in it, neither subject nor name: the address may be somebody else's
    (A-16). Raises NotSendableError for an address or id that no mail can have.
    """
    letter = cleaned(letter)
    with translation.override(_language(letter.envelope)):
        due = reader(letter.envelope).long(letter.promise.due_at)
        subject = gettext("We have your message. {owner} answers by {due} [{case}]").format(
            owner=letter.owner, due=due, case=letter.case
        )
        preview = gettext("{owner} has it, and answers by {due}. One private page shows it all.").format(
            owner=letter.owner, due=due
        )
        body = _body(letter.envelope, letter.case, subject, preview, _acknowledgement(letter, due))
        return _bytes(letter.envelope, body, automatic="auto-replied", bulk=True, named=False)


def reply(letter: ReplyLetter) -> bytes:
    """Return what a member of staff wrote, to the letter, and under it what was promised and by when.

    Raises NotSendableError for an address or id that no mail can have.
    """
    letter = cleaned(letter, keep=("text",))
    with translation.override(_language(letter.envelope)):
        preview = " ".join(letter.text.split())[:120]
        body = _body(letter.envelope, letter.case, letter.subject, preview, _reply(letter))
        return _bytes(letter.envelope, body)


def closing_question(letter: ClosingQuestion) -> bytes:
    """Return the question after closing: is it right again? Opening its link changes nothing.

    Raises NotSendableError for an address or id that no mail can have.
    """
    letter = cleaned(letter)
    with translation.override(_language(letter.envelope)):
        subject = gettext("Is it right again? [{case}]").format(case=letter.case)
        preview = gettext("If it is not, say so, and your case is open again.")
        body = _body(letter.envelope, letter.case, subject, preview, _closing_question(letter))
        return _bytes(letter.envelope, body, automatic="auto-generated", bulk=True, named=False)


def code_reminder(letter: CodeReminder) -> bytes:
    """Return the reminder of a code that somebody asked for. Opening its link changes nothing.

    Raises NotSendableError for an address or id that no mail can have.
    """
    letter = cleaned(letter)
    with translation.override(_language(letter.envelope)):
        subject = gettext("You still have a code of ours [{case}]").format(case=letter.case)
        preview = gettext("You asked us to remind you of it.")
        body = _body(letter.envelope, letter.case, subject, preview, _code_reminder(letter))
        return _bytes(letter.envelope, body, automatic="auto-generated", bulk=True, named=False)


def new_links(letter: NewLinks) -> bytes:
    """Return the new links that somebody asked for. Who did, nobody knows; so no word of anybody's is in it.

    Raises NotSendableError for an address or id that no mail can have.
    """
    letter = cleaned(letter)
    with translation.override(_language(letter.envelope)):
        subject = gettext("Your new link")
        preview = gettext("Somebody asked us for a new link to your page.")
        body = _body(letter.envelope, "", subject, preview, _new_links(letter))
        return _bytes(letter.envelope, body, automatic="auto-generated", bulk=True, named=False)


def digest(letter: Digest) -> bytes:
    """Return all that one member of staff is told at once, a section for each case.

    Kinds of word that this version does not know get a plain sentence. Raises NotSendableError for an address
    or id that no mail can have.
    """
    letter = cleaned(letter)
    with translation.override(_language(letter.envelope)):
        said = headline(letter.lines)
        blocks = [Headline(words=said, to_staff=True), *digest_blocks(letter)]
        foot = [gettext("Written by the desk itself. You get at most one such mail a minute.")]
        answerable = bool(letter.envelope.reply_to)
        body = replace(
            _body(letter.envelope, "", subject_of(letter, said), said, blocks, answerable=answerable),
            foot=(*foot, letter.envelope.house) if letter.envelope.house else tuple(foot),
        )
        return _bytes(letter.envelope, body, automatic="auto-generated")


def canary(letter: CanaryLetter) -> bytes:
    """Return a complaint of our own that goes round through real mail; its token is in subject and text.

    Raises NotSendableError for an address, id or header that no mail can have.
    """
    letter = cleaned(letter)
    text = (
        f"Canary {letter.token}\n\n"
        "The desk sent this mail to itself, to see that mail still comes in. "
        "Nobody has to do anything about it.\n"
    )
    return as_bytes(
        Outgoing(
            envelope=letter.envelope,
            subject=f"Canary {letter.token}",
            text=text,
            automatic="auto-generated",
            headers=letter.headers,
        )
    )


# ── what each says ───────────────────────────────────────────────────────────


def _acknowledgement(letter: Acknowledgement, due: str) -> Iterator[Block]:
    yield Headline(
        words=gettext("We have your message. {owner} will answer you by {due}.").format(owner=letter.owner, due=due)
    )
    yield _bar(letter.promise, letter.envelope)
    yield Sentence(words=gettext("This is an automatic message, so it is not the answer.") + " " + _who(letter))
    yield Sentence(
        words=gettext(
            "What happens next: {owner} reads what you sent and writes to you by {due}. If nothing has come "
            "by then, somebody higher up is told, and told again until one of us acts. If {owner} is away, "
            "somebody else takes it over; your page always names the person who has it."
        ).format(owner=letter.owner, due=due)
    )
    yield Button(label=gettext("Your page for this case"), url=letter.page_url)
    yield Sentence(
        words=gettext(
            "There you see what we promised and by when, add photos, ask for a manager, or say that it is "
            "not resolved. No sign-in. Whoever has the link can read the page, so keep it to yourself. "
            "You can also just answer this mail."
        )
    )


def _who(letter: Acknowledgement) -> str:
    roles = {
        "agent": "",
        "admin": "",
        "lead": gettext("team lead"),
        "head": gettext("head of service"),
        "executive": gettext("executive"),
    }
    role = roles.get(letter.owner_role, letter.owner_role)
    if not role:
        return gettext("{owner} is the person who has your case.").format(owner=letter.owner)
    return gettext("{owner}, {role}, is the person who has your case.").format(owner=letter.owner, role=role)


def _reply(letter: ReplyLetter) -> Iterator[Block]:
    yield Letter(text=letter.text)
    if letter.promises:
        yield Heading(words=gettext("What we promise you"))
    for promise in letter.promises:
        if promise.words:
            yield Quote(words=promise.words)
        yield _bar(promise, letter.envelope)
    if letter.page_url:
        yield Link(label=gettext("Your page for this case"), url=letter.page_url)
        yield Sentence(
            words=gettext(
                "It shows what we promised and by when. No sign-in: whoever has the link can read the page, "
                "so keep it to yourself."
            ),
            tone=Tone.QUIET,
        )


def _code_reminder(letter: CodeReminder) -> Iterator[Block]:
    at = reader(letter.envelope)
    yield Headline(words=gettext("You still have a code: {title}.").format(title=letter.title))
    worth = gettext("It takes up to {left} off an order.").format(left=letter.left)
    if letter.ends_at is not None:
        end = gettext("It is good until {until}.").format(until=at.long(letter.ends_at))
    else:
        end = gettext("You have had it since {since}, and it does not expire.").format(since=at.long(letter.made_at))
    yield Sentence(words=f"{worth} {end}")
    yield Button(
        label=gettext("See your code"),
        url=letter.page_url,
        under=gettext("Opens your page, where you also say if you want no more reminders."),
    )
    yield Sentence(
        words=gettext("No sign-in: whoever has the link can read the page, so keep it to yourself."),
        tone=Tone.QUIET,
    )


def _closing_question(letter: ClosingQuestion) -> Iterator[Block]:
    yield Headline(words=gettext("{owner} has closed your case. Is it right again?").format(owner=letter.owner))
    yield Sentence(
        words=gettext(
            "This question is automatic, but a person reads your answer. Closed only means that we think we "
            "are done. Whether it is right again is for you to say."
        )
    )
    yield Button(
        label=gettext("Say whether it is right again"),
        url=letter.page_url,
        under=gettext("Opens your page. Nothing is said before you press a button there."),
    )
    yield Sentence(
        words=gettext(
            "If it is not resolved, your case is open again with the dates it had, and somebody higher up "
            "hears of it. You can say so whenever you like, also by answering this mail."
        )
    )
    yield Sentence(
        words=gettext("No sign-in: whoever has the link can read the page, so keep it to yourself."),
        tone=Tone.QUIET,
    )


def _new_links(letter: NewLinks) -> Iterator[Block]:
    yield Headline(words=gettext("Here is the new link that you asked for."))
    for page in letter.pages:
        since = reader(letter.envelope).long(page.received_at)
        label = gettext("Your page for case {case}, with us since {since}").format(case=page.case, since=since)
        yield Link(label=label, url=page.url)
    yield Sentence(
        words=gettext(
            "If you did not ask for it, somebody typed your address; this mail went to you alone, and nothing "
            "was changed. Links that you had before still open until they end."
        )
    )
    yield Sentence(
        words=gettext("No sign-in: whoever has the link can read the page, so keep it to yourself."),
        tone=Tone.QUIET,
    )


def _bar(promise: PromiseLine, envelope: Envelope) -> Bar:
    when = reader(envelope).short
    due = when(promise.due_at)
    if promise.near_at and promise.said_at < promise.near_at < promise.due_at:
        due = gettext("between {near} and {due}").format(near=when(promise.near_at), due=due)
    return Bar(ribbon=ribbon(promise, now=envelope.at), said=when(promise.said_at), due=due)


# ── what all share ───────────────────────────────────────────────────────────


def _language(envelope: Envelope) -> str:
    """The nearest language we speak; English for one we don't."""
    try:
        return translation.get_supported_language_variant(envelope.language)
    except LookupError:
        return "en"


def _body(
    envelope: Envelope,
    case: str,
    subject: str,
    preview: str,
    blocks: Iterator[Block] | list[Block],
    *,
    answerable: bool = True,
) -> Body:
    language = _language(envelope)
    about = [gettext("Case {case}.").format(case=case)] if case else []
    house = f"{envelope.house}. " if envelope.house else ""
    return Body(
        language=language,
        house=envelope.house,
        subject=subject,
        preview=preview,
        blocks=tuple(blocks),
        foot=(*about, house + gettext("No tracking in this mail.")),
        reply_line=REPLY_LINES.get(language, REPLY_LINES["en"]) if answerable else "",
    )


def _bytes(envelope: Envelope, body: Body, *, automatic: str = "", bulk: bool = False, named: bool = True) -> bytes:
    return as_bytes(
        Outgoing(
            envelope=envelope,
            subject=body.subject,
            text=as_text(body),
            html=as_html(body),
            automatic=automatic,
            bulk=bulk,
            named=named,
        )
    )
