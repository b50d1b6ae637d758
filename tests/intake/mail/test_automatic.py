"""Which letters a program wrote, and which only look like it. The verdict says why."""

import pytest

from makegood.intake.mail.automatic import Automatic
from makegood.intake.mail.letters import read_letter
from tests.intake.mail.mails import HEAD, mail


def verdict(more: str = "", *, subject: str = "My bag", envelope_from: str | None = None) -> Automatic:
    head = HEAD.replace("My bag", subject)
    return read_letter(mail(head=head, more=more), envelope_from=envelope_from).automatic


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("", "none"),
        ("Auto-Submitted: no\n", "none"),
        ("Precedence: list\n", "none"),
        ("Precedence: first-class\n", "none"),
        ("X-Auto-Response-Suppress: DR, RN\n", "none"),
        ("Auto-Submitted: auto-replied\n", "auto_reply"),
        ("Auto-Submitted: Auto-Replied; owner-email=x\n", "auto_reply"),
        ("X-Autoreply: yes\n", "auto_reply"),
        ("Precedence: auto_reply\n", "auto_reply"),
        ("Auto-Submitted: auto-replied\nPrecedence: bulk\n", "auto_reply"),
        ("Auto-Submitted: auto-generated\n", "generated"),
        ("X-Auto-Response-Suppress: OOF, AutoReply\n", "generated"),
        ("Precedence: bulk\n", "bulk"),
        ("Precedence: junk\n", "bulk"),
        ("List-Id: <news.shop.example>\nList-Unsubscribe: <mailto:x@shop.example>\n", "bulk"),
        ("List-Id: <help.shop.example>\nPrecedence: list\nList-Unsubscribe: <mailto:x@s.example>\n", "list"),
        ("List-Id: <help.shop.example>\nList-Post: <mailto:help@shop.example>\n", "list"),
    ],
)
def test_headers_tell_programs_from_people(more: str, kind: str) -> None:
    found = verdict(more)
    assert found.kind == kind
    assert bool(found.reasons) == (kind != "none")


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office: back on Monday",
        "Automatic reply: My bag",
        "Re: Automatic reply: My bag",
        "Fuera de la oficina",
        "Respuesta automática: su pedido",
        "Abwesenheitsnotiz: Ihre Bestellung",
        "Automatische Antwort: Tasche",
        "Absence du bureau",
        "Réponse automatique : sac",
    ],
)
def test_a_vacation_subject_needs_other_evidence(subject: str) -> None:
    assert verdict(subject=subject).kind == "none"
    assert verdict(subject=subject, envelope_from="").kind in ("vacation", "auto_reply")
    assert verdict("X-Auto-Response-Suppress: All\n", subject=subject).kind in ("vacation", "auto_reply")


def test_a_complaint_about_an_automatic_reply_is_a_persons() -> None:
    assert verdict(subject="Your automatic reply promised an answer by Friday").by_a_person


def test_an_answer_from_a_person_on_leave_is_a_vacation_note() -> None:
    assert verdict("Auto-Submitted: auto-replied\n", subject="Away until May 5").kind == "vacation"


def test_an_empty_envelope_sender_alone_is_a_program_but_no_bounce() -> None:
    found = verdict(envelope_from="")
    assert (found.kind, found.reasons) == ("generated", ("empty envelope sender",))
    assert verdict("Return-Path: <>\n").kind == "generated"
    assert verdict(envelope_from="<>").kind == "generated"
    assert verdict(envelope_from="<ann@mail.example>").kind == "none"


def test_only_a_letter_without_any_sign_may_be_answered_by_program() -> None:
    assert verdict().may_be_answered and verdict().by_a_person
    through_a_list = verdict("List-Id: <help.shop.example>\n")
    assert through_a_list.by_a_person and not through_a_list.may_be_answered
    generated = verdict("Auto-Submitted: auto-generated\n")
    assert not generated.by_a_person and not generated.may_be_answered


def test_a_person_may_quote_a_delivery_report() -> None:
    body = "What is this?\nFinal-Recipient: rfc822; ann@mail.example\nAction: failed\nStatus: 5.1.1\n"
    assert read_letter(mail(body)).automatic.kind == "none"
    assert read_letter(mail(body), envelope_from="").automatic.kind == "bounce"


def test_an_unsubscription_by_a_mail_program_is_feedback() -> None:
    found = verdict("X-Apple-Unsubscribe: true\nAuto-Submitted: auto-replied\n", subject="unsubscribe")
    assert (found.kind, found.feedback_type) == ("feedback_report", "opt-out")
