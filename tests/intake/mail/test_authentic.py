"""Whether our own mail server vouches for the sender; nobody else's word counts."""

import pytest

from makegood.intake.mail.authentic import Authentication
from makegood.intake.mail.letters import read_letter
from tests.intake.mail.mails import mail


def verdict(*fields: str, trusted: str | None = "mx.shop.example") -> Authentication:
    more = "".join(f"Authentication-Results: {field}\n" for field in fields)
    return read_letter(mail(more=more), trusted_authserv=trusted).authentication


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("dmarc=pass header.from=mail.example", "pass"),
        ("dmarc=pass (p=reject) header.from=MAIL.example", "pass"),
        ("dkim=pass header.d=mail.example", "pass"),
        ("dkim=pass header.i=@mail.example", "pass"),
        ("spf=pass smtp.mailfrom=bounce@mail.example", "pass"),
        ("dkim=fail header.d=x.example; dkim=pass header.d=mail.example", "pass"),
        ("dmarc=fail header.from=mail.example; dkim=pass header.d=mail.example", "fail"),
        ("dmarc=none header.from=mail.example", "unverified"),
        ("dmarc=pass header.from=evil.example", "unverified"),
        ("dkim=pass header.d=evil.example", "unverified"),
        ("dkim=pass header.d=example", "unverified"),
        ("dkim=pass header.d=sub.mail.example", "unverified"),
        ("dkim=pass header.d=ail.example", "unverified"),
        ("spf=pass smtp.mailfrom=evil.example", "unverified"),
        ("none", "unverified"),
        ("", "unverified"),
    ],
)
def test_the_domain_of_the_sender_must_be_the_one_that_passed(results: str, expected: str) -> None:
    assert verdict(f"mx.shop.example; {results}").verdict == expected


def test_without_a_trusted_server_nothing_is_verified() -> None:
    assert verdict("mx.shop.example; dmarc=pass header.from=mail.example", trusted=None).verdict == "unverified"
    assert verdict("mx.evil.example; dmarc=pass header.from=mail.example").verdict == "unverified"


def test_only_the_topmost_word_of_the_trusted_server_counts() -> None:
    good, bad = "mx.shop.example; dmarc=pass header.from=mail.example", "mx.shop.example; dmarc=fail"
    assert verdict(bad, good).verdict == "fail"
    assert verdict("other.example; dmarc=fail", good).verdict == "pass"


@pytest.mark.parametrize(
    "results",
    [
        "spf=none (x; dmarc=pass header.from=mail.example)",
        "spf=none (a (b) ; dmarc=pass header.from=mail.example )",
        'spf=none reason="; dmarc=pass header.from=mail.example"',
        "spf=none (torn; dmarc=pass header.from=mail.example",
        "spf=none ) ; dmarc=pass header.from=mail.example",
    ],
)
def test_the_senders_words_inside_a_result_are_not_results(results: str) -> None:
    assert verdict(f"mx.shop.example; {results}").verdict == "unverified"


def test_the_server_may_write_its_version_and_comments() -> None:
    field = "(c) MX.Shop.Example 1 (ok);\n dkim=pass (2048-bit; rsa) header.d=mail.example; spf=softfail"
    assert verdict(field) == Authentication(verdict="pass", dkim="pass", spf="softfail")
