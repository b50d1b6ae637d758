"""A stranger's words in a real browser: nothing runs, no dialog opens, no request leaves (A-01, A-02, A-03).

Each wall is tried alone, so that none stands only because of another: the sanitiser in documents without a policy;
the pages' escaping in a browser told to ignore our policy; policy and frame with markup that nobody sanitised. Then
all together, when the browser may not even complain: whatever only the policy stops is a hole in what comes before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import contacts, links
from makegood.intake.mail import markup
from makegood.notify.email import compose
from makegood.notify.email.words import ClosingQuestion, Digest, Envelope, NoticeLine, PromiseLine, ReplyLetter
from tests.attacks.payloads import PAYLOADS, Payload

from .conftest import PASSWORD
from .watching import Watched, unfold

pytestmark = pytest.mark.browser
ROUNDS = 6
ROWS = 40
"""Cases on the board, and messages on one case; each holds a few payloads a round."""
PAPERS = 8
"""Messages with HTML, which stands in a frame of its own."""
Watch = Callable[..., Watched]


@pytest.fixture
def watch(chromium: Browser) -> Iterator[Watch]:
    with ExitStack() as stack:

        def watched(**words: object) -> Watched:
            one = Watched(chromium, **words)  # type: ignore[arg-type]
            stack.callback(one.close)
            return one

        yield watched


def clean(payload: Payload) -> str:
    return markup.clean(payload.text, set())


def test_the_corpus_is_large_and_each_of_it_is_another() -> None:
    assert len({payload.text for payload in PAYLOADS}) == len(PAYLOADS) >= 600


# ── the sanitiser alone ──────────────────────────────────────────────────────


def bite(watched: Watched, texts: list[str], *, together: int = 120) -> list[str]:
    armed = []
    for some in (texts[at : at + together] for at in range(0, len(texts), together)):
        armed += watched.show(some)
    return armed


def test_what_the_sanitiser_returns_does_nothing_in_a_document_without_any_policy(watch: Watch) -> None:
    watched = watch()
    armed = bite(watched, [clean(payload) for payload in PAYLOADS])
    assert watched.happened == set()
    assert armed == []


def test_the_same_corpus_bites_where_nobody_sanitises(watch: Watch) -> None:
    watched = watch()
    armed = bite(watched, [payload.text for payload in PAYLOADS[::4]], together=20)
    # Some lead the page away before their neighbours are looked at, and what is written as text for a second
    # reader does nothing here; so only the order of magnitude is certain.
    assert len(watched.numbers()) > 20, "run, asked or left by themselves"
    assert len(armed) > 20


# ── the pages ────────────────────────────────────────────────────────────────


@dataclass
class Poisoned:
    """A house whose every word from outside can be changed: forty cases on the board, one long case, its page."""

    cases: list[models.Case]
    messages: list[models.Contact]
    files: list[models.Attachment]
    private: str

    @property
    def pages(self) -> tuple[str, ...]:
        case = self.messages[0].case
        return "/", "/cases/", "/doors/set-aside/", f"/cases/{case.number}/", f"/c/{self.private}/"

    @property
    def papers(self) -> list[str]:
        """The messages as they were sent, each a document of its own."""
        return [f"/cases/{one.case.number}/contacts/{one.pk}/html/" for one in self.messages[:PAPERS]]

    def say(self, payloads: tuple[Payload, ...], *, sanitised: bool = True) -> None:
        """Write these payloads into everything that somebody outside may write."""
        texts = [payload.text.replace("\x00", "") for payload in payloads]
        some = [texts[at::ROWS] for at in range(ROWS)]
        bodies = ["".join(clean(p) if sanitised else p.text for p in payloads[at::PAPERS]) for at in range(PAPERS)]
        for case, words in zip(self.cases, some, strict=True):
            case.subject = fitting(words, 300)
            case.customer.name = fitting(words[::-1], 200)
        for message, words in zip(self.messages, some, strict=True):
            message.subject, message.from_name = fitting(words, 500), fitting(words[::-1], 200)
            message.text = message.folded = "\n\n".join(words)
            message.trouble = words[:1]
        for message, body in zip(self.messages, bodies, strict=False):
            message.html = body
        for file, words in zip(self.files, some, strict=True):
            file.name = file.declared_type = fitting(words[1:], 120)
        models.Case.objects.bulk_update(self.cases, ["subject"])
        models.Customer.objects.bulk_update([case.customer for case in self.cases], ["name"])
        models.Contact.objects.bulk_update(self.messages, ["subject", "from_name", "text", "folded", "html", "trouble"])
        models.Attachment.objects.bulk_update(self.files, ["name", "declared_type"])
        models.Promise.objects.update(words=fitting(texts[::7], 500))
        models.Note.objects.update(text="\n".join(texts[::3]))


def fitting(words: list[str], length: int) -> str:
    """As many of the words as fit whole."""
    said = ""
    for word in words:
        if len(said) + len(word) < length:
            said = f"{said} {word}".strip()
    return said


@pytest.fixture
def poisoned(house: Cast, moment: list[datetime]) -> Poisoned:
    """Furnish the house; the words are ordinary as yet."""
    door = house.policy.doors["mail"]
    cases = []
    for number in range(ROWS):
        message = contacts.Incoming(
            received_at=moment[0] - timedelta(minutes=number),
            from_address=f"x{number}@x.example",
            from_name="Ines Prado",
            subject="The tent",
            text="It leaks.",
        )
        why = "A person must look at it." if number % 8 == 0 else ""
        cases.append(contacts.open_case(message, door=door, item=None, quarantine=why, now=moment[0]))
    long = cases[1]
    first = long.contacts.get()
    models.Contact.objects.bulk_create(
        [
            models.Contact(
                case=long, direction="in", door="mail", from_address=first.from_address, received_at=first.received_at
            )
            for _ in range(ROWS - 1)
        ]
    )
    messages = list(long.contacts.order_by("pk"))
    files = [
        models.Attachment(contact=one, name="x", declared_type="x", size=1, sha256="0" * 64, stored_as=str(one.pk))
        for one in messages
    ]
    models.Attachment.objects.bulk_create(files)
    models.Note.objects.create(case=long, staff=house.ruth, text="A note", written_at=moment[0])
    private = links.make(long, models.Link.Purpose.PAGE, customer=long.customer, now=moment[0])
    return Poisoned(cases=cases, messages=messages, files=files, private=private)


def signed_in(watched: Watched) -> Watched:
    page = watched.page
    page.goto("/sign-in/")
    page.fill("[name=username]", "ruth@larkfield.example")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(url="**/", wait_until="load"):
        page.click("main [type=submit]")
    return watched


def rounds(each: int = -(-len(PAYLOADS) // ROUNDS)) -> Iterator[tuple[Payload, ...]]:
    return (PAYLOADS[at : at + each] for at in range(0, len(PAYLOADS), each))


def test_on_no_page_do_a_strangers_words_do_anything_with_or_without_our_policy(
    watch: Watch, poisoned: Poisoned, live_server: LiveServer
) -> None:
    with_policy, without = (signed_in(watch(ours=live_server.url, policy=policy)) for policy in (True, False))
    bare = watch()
    armed: list[str] = []
    for payloads in rounds():
        poisoned.say(payloads)
        for path in poisoned.pages:
            armed += without.visit(path)
            with_policy.page.goto(path, wait_until="load")
            assert with_policy.page.url.endswith(path)
        armed += bare.show(with_policy.source(path) for path in poisoned.papers)
    assert bare.happened | without.happened | with_policy.happened == set()
    assert armed == []
    assert with_policy.complaints == [], "the policy had to stop what should not have come so far"


def test_markup_that_nobody_sanitised_does_nothing_on_its_paper_and_in_its_frame(
    watch: Watch, poisoned: Poisoned, live_server: LiveServer
) -> None:
    watched = signed_in(watch(ours=live_server.url))
    for payloads in rounds():
        poisoned.say(payloads, sanitised=False)
        watched.page.goto(poisoned.pages[3], wait_until="load")
        unfold(watched.page)
        for path in poisoned.papers[::3]:
            watched.page.goto(path, wait_until="load")
            assert watched.page.url.endswith(path)
    assert watched.happened == set()


def test_what_a_customer_typed_comes_back_as_words(watch: Watch, poisoned: Poisoned, live_server: LiveServer) -> None:
    watched = watch(ours=live_server.url, policy=False)
    armed: list[str] = []
    for payloads in rounds():
        watched.page.goto(f"/c/{poisoned.private}/")
        watched.page.fill("textarea[name=text]", "\n".join(payload.text for payload in payloads))
        # A form that was open too long is refused, and every word comes back.
        watched.page.evaluate("document.querySelectorAll('[name=proof]').forEach(e => e.value = 'old')")
        with watched.page.expect_navigation(wait_until="load"):
            watched.page.click("form:has(textarea[name=text]) [type=submit]")
        assert payloads[0].text.splitlines()[0] in watched.page.input_value("textarea[name=text]")
        armed += watched.armed(watched.page.frames[:1], ours=True)
    assert watched.happened == set()
    assert armed == []


# ── mails ────────────────────────────────────────────────────────────────────


def test_no_mail_of_ours_carries_anything_that_acts(watch: Watch, monday_ten: datetime) -> None:
    watched = watch()
    armed = watched.show([html for payloads in rounds(12) for html in mails(payloads, monday_ten)])
    assert watched.happened == set()
    # A mail has a style of its own, and buttons that lead to our desk; nothing else of this kind.
    assert armed == []


def mails(payloads: tuple[Payload, ...], now: datetime) -> Iterator[str]:
    """The HTML of each kind of mail, with these payloads in every word that somebody wrote."""
    texts = [payload.text for payload in payloads]
    said = " ".join(texts)
    envelope = Envelope(
        message_id="<1@desk.example>", to_address="ruth@larkfield.example", to_name=texts[0], from_name=texts[-1],
        from_address="help@larkfield.example", at=now, house=texts[len(texts) // 2],
    )  # fmt: skip
    promise = PromiseLine(words=said, said_at=now, due_at=now + timedelta(hours=4))
    line = NoticeLine(
        case="MG-1", kind="alarm.raised", facts={"numbers": [1], "why": said, "trouble": said, "door": said},
        at=now, who=said[:200], what=said, due_at=now, rung=texts[0], skipped=tuple(texts[:3]),
    )  # fmt: skip
    kinds = ("alarm.raised", "handoff.offered", "contact.refused", "door.trouble", "word.refused", "of.tomorrow")
    lines = tuple(replace(line, kind=kind) for kind in kinds)
    for made in (
        compose.reply(ReplyLetter(envelope=envelope, case="MG-1", subject=texts[0], text=said, promises=(promise,))),
        compose.closing_question(ClosingQuestion(envelope=envelope, case="MG-1", owner=said, page_url="")),
        compose.digest(Digest(envelope=envelope, lines=lines)),
    ):
        body = message_from_bytes(made, policy=policy.default).get_body(("html",))
        assert body is not None
        yield body.get_content()
