"""A-22: an address that two programs could read in two ways is no address."""

import pytest

from makegood.intake.mail.addresses import read_address, read_mailboxes
from makegood.intake.mail.letters import read_letter
from tests.intake.mail.mails import HEAD, mail

DOUBTFUL = (
    "a@evil.example@shop.example", "a@shop.example>@evil.example", "<a@shop.example", "a@shop.example>",
    "<a@evil.example>b@shop.example",
    "a@shop.example <b@evil.example>", "alice@shop.example)bob@evil.example", "alice@shop.example(bob@evil.example",
    "a(b)@shop.example", "a@(b)shop.example", "(b)a@shop.example <c@evil.example", '"a@evil.example"@shop.example',
    '"a b"@shop.example', '"a"@shop.example', "a@[127.0.0.1]", "a@[IPv6:::1]", "a@shop", "a@", "@shop.example", "a", "",
    "a@shop..example", "a@.shop.example", "a@shop.example.", ".a@shop.example", "a.@shop.example", "a..b@shop.example",
    "a b@shop.example", "a@sh op.example", "a@shop.example b", "<@evil.example:a@shop.example>",
    "<a@shop.example,b@evil.example>",
    "<<a@shop.example>>", "<a@shop.example><b@evil.example>", "<a@shop.example> <b@evil.example>", "a;b@shop.example",
    "a@shop.example\x00", "a\x00@shop.example", "a@shop.example\u202e", "a\u200b@shop.example", "a@sh\u200bop.example",
    "a@-shop.example", "a@shop-.example", "a@xn--.example", "a@" + "b" * 64 + ".example",
    "a@shop.example%00", "a@shop\\.example", "a@shop.example/", "a@shop_x.example", "=?utf-8?q?a=40shop.example?=",
    "a@=?utf-8?q?shop.example?=", "a@shop。example。", "a@🙂.example", "a@localhost", "mailto:a@shop.example",
    "a@shop,example",
    "a@shop.example:25", "a@shop.example (b) c@evil.example", "a@shop.example (b)@evil.example",
    "a\\@evil.example@shop.example",
    "a\r@shop.example",
    "a@shop\u00ad.example", "\ufeffa@shop.example", "a@shop.example SIZE=1", "<a@shop.example> ORCPT=x",
    "@shop.example:b@evil.example", "a%evil.example@[shop.example]", "a@shop.example#", "a@shop.example?",
    "a@shop.example'", "a@[shop.example]", "a@(shop.example)evil.example", "a@shop.example[evil.example]",
    "a@127.0.0.1:25", "a@2130706433", "\"\"@shop.example", "\"\\\"@evil.example", "a@\"shop.example\"",
    "a@shop.example\\", "a@.", "a@..", "a@-", "a @shop.example", "a@ shop.example", "a@shop .example",
    "\u202ea@shop.example",
)  # fmt: skip


GOOD = (
    ("a@shop.example", "a@shop.example"),
    (" A.b+c@SHOP.Example ", "A.b+c@shop.example"),
    ("a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example"),
    ("a@bücher.example", "a@xn--bcher-kva.example"),
    ("a@bücher。example", "a@xn--bcher-kva.example"),
    ("o'neil@shop.example", "o'neil@shop.example"),
    # Longer than RFC 5321 allows, but mailing systems do send from such addresses.
    ("a" * 65 + "@shop.example", "a" * 65 + "@shop.example"),
    ("a@shоp.example", "a@xn--shp-ted.example"),
    ("x_y@shop.example", "x_y@shop.example"),
    ("1@shop.example", "1@shop.example"),
    ("a-b@sub.shop.example", "a-b@sub.shop.example"),
    ("a=b@shop.example", "a=b@shop.example"),
    ("#a@shop.example", "#a@shop.example"),
    ("a/b@shop.example", "a/b@shop.example"),
    ("a.b.c@d.e.shop.example", "a.b.c@d.e.shop.example"),
)


def test_a_hundred_addresses_are_tried() -> None:
    assert len({*DOUBTFUL, *(text for text, _ in GOOD)}) == len(DOUBTFUL) + len(GOOD) >= 100


@pytest.mark.parametrize("value", DOUBTFUL)
def test_on_any_doubt_there_is_no_address(value: str) -> None:
    trouble: set[str] = set()
    found = [box.address for box in read_mailboxes(value, trouble)]
    assert set(found) <= {None} or (found[0] is None and ("," in value or ";" in value))
    assert value == "" or "bad_address" in trouble
    assert read_letter(mail(head=HEAD.replace("Ann Hart <ann@mail.example>", value))).sender.address is None


@pytest.mark.parametrize(("text", "address"), GOOD)
def test_equal_addresses_have_one_form_and_look_alikes_another(text: str, address: str) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize("value", DOUBTFUL)
def test_a_doubtful_sender_still_opens_a_case(value: str) -> None:
    letter = read_letter(mail(head=HEAD.replace("Ann Hart <ann@mail.example>", value)))
    assert letter.text == "The strap broke." and "unreadable" not in letter.trouble
