"""Other people's mail, read from ../shared/data and skipped where it is absent. Not tuned to: floors, not goals."""

import json

import pytest

from makegood.intake.mail.letters import read_letter
from makegood.intake.mail.masking import mask_raw
from tests.intake.mail.mails import corpus

#: Kinds that a reason of the expectations may be read as; every other reason is a bounce.
MEANS = {"vacation": {"vacation", "auto_reply"}, "feedback": {"feedback_report"}, "delivered": {"receipt"}}


def test_every_automated_mail_is_known_for_what_it_is() -> None:
    folder = corpus("mail/automated")
    wrong = []
    lines = (folder / "expectations.jsonl").read_text("utf-8").splitlines()
    for entry in map(json.loads, lines):
        kind = read_letter((folder / entry["file"]).read_bytes()).automatic.kind
        if kind not in MEANS.get(entry["recipients"][0]["reason"], {"bounce"}):
            wrong.append((entry["file"], kind))
    assert len(lines) >= 40
    assert wrong == []


def test_the_status_codes_that_bounces_state_are_read() -> None:
    folder = corpus("mail/automated")
    asked = agreed = 0
    for line in (folder / "expectations.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        # Codes such as 5.0.9xx are the other project's own inventions, not stated by any mail.
        codes = {one["status"] for one in entry["recipients"] if one["status"] and ".0.9" not in one["status"]}
        found = {one.status for one in read_letter((folder / entry["file"]).read_bytes()).automatic.deliveries}
        asked += len(codes)
        agreed += len(codes & found)
    assert asked >= 15
    assert agreed == asked


def test_the_bounced_mail_is_named_where_the_report_returns_it() -> None:
    folder = corpus("mail/automated")
    for file in sorted(folder.glob("rfc3464-5*.eml")):
        found = read_letter(file.read_bytes()).automatic
        assert found.original_message_id, file.name
        assert all(delivery.address for delivery in found.deliveries), file.name


@pytest.mark.parametrize("name", ["mail/automated", "mail/reply-trimmer/emails"])
def test_no_mail_of_the_corpora_is_unreadable(name: str) -> None:
    files = [file for file in corpus(name).iterdir() if file.suffix in (".eml", ".txt")]
    assert len(files) > 50
    for file in files:
        assert "unreadable" not in read_letter(file.read_bytes()).trouble, file.name


def test_no_order_or_queue_number_of_the_corpora_is_taken_for_a_card() -> None:
    files = sorted(corpus("mail/automated").glob("*.eml"))
    assert [file.name for file in files if mask_raw(file.read_bytes()) is not None] == []
