"""The second reader proposes in the words as written, and what it says beside that is not taken."""

from datetime import UTC, datetime

import pytest

from makegood.language.listening import Reading
from makegood.second_reader import client
from makegood.second_reader.line import ReaderFailed
from tests.second_reader.fake_server import FakeServer

SAID_AT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
OURS = (
    "Hi Dana,\nI'm sorry about the bag. I'll call you on 0345 600 1122 by Friday, Dana Whitfield."
    "\nRegards,\nTomasz W.\n"
)
THEIRS = (
    "Hola Inma, no llegó nada. Quiero que me devuelvan los 40 € antes del viernes."
    " Escriban a marek@casa.example. Saludos, Marek"
)


def outgoing(text: str = OURS) -> tuple[Reading, ...]:
    return client.read_outgoing(text, language="en", names=["Dana Whitfield"], said_at=SAID_AT, zone="America/Chicago")


def incoming(text: str = THEIRS) -> tuple[Reading, ...]:
    return client.read_incoming(text, language="es", names=["Marek Nowak"], said_at=SAID_AT, zone="Europe/Madrid")


def proposing(server: FakeServer, *proposals: object) -> None:
    server.says(lambda _: {"proposals": list(proposals)})


def test_a_promise_comes_back_in_the_words_that_were_written(server: FakeServer) -> None:
    words = "I'll call you on [PHONE 1] by Friday, [NAME 1]"
    due = "2026-03-06T17:00:00-06:00"
    proposing(server, {"task": "promise", "label": "us", "words": words, "due": due, "sure": 0.8})
    (promise,) = outgoing()
    assert promise.words == "I'll call you on 0345 600 1122 by Friday, Dana Whitfield"
    assert OURS[promise.start : promise.end] == promise.words
    assert promise.due_at == datetime(2026, 3, 6, 23, 0, tzinfo=UTC)
    assert (promise.task, promise.label, promise.sure, promise.language) == ("promise", "us", 0.8, "en")
    assert promise.rule == "second reader"


def test_a_wish_a_need_by_and_a_label_are_read_in_spanish(server: FakeServer) -> None:
    proposing(
        server,
        {"task": "label", "label": "complaint", "words": "no llegó nada", "sure": 0.9},
        {"task": "wish", "words": "Quiero que me devuelvan los 40 €", "sure": 0.7},
        {"task": "need_by", "words": "antes del viernes", "due": "2026-03-05T17:00+01:00", "sure": 0.6},
    )
    found = {reading.task: reading for reading in incoming()}
    assert [found[task].label for task in ("label", "wish", "need_by")] == ["complaint", "wish", "need_by"]
    assert found["wish"].words == "Quiero que me devuelvan los 40 €"
    assert found["need_by"].due_at == datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
    assert all(THEIRS[r.start : r.end] == r.words for r in found.values())


def test_no_name_number_or_address_reaches_the_server(server: FakeServer) -> None:
    proposing(server)
    assert outgoing() == () == incoming()
    for told in ("Dana", "Whitfield", "Tomasz", "0345", "1122", "Inma", "Marek", "casa.example"):
        assert told not in server.received
    assert "by Friday" in server.received
    assert "los 40 €" in server.received


def test_the_text_is_data_and_the_instruction_says_so(server: FakeServer) -> None:
    proposing(server)
    outgoing()
    (asked,) = server.asked
    system, user = asked["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert (asked["model"], asked["temperature"]) == ("small-model", 0)
    assert asked["response_format"] == {"type": "json_object"}
    fence = user["content"].split("\n")[0].strip("<>")
    assert user["content"].endswith(f"</{fence}>")
    assert f"between <{fence}> and </{fence}>" in system["content"]
    assert "Monday 2026-03-02T10:00-06:00 (America/Chicago)" in system["content"]
    assert "sorry about the bag" not in system["content"]
    assert "tools" not in asked


def test_the_mark_around_a_text_is_another_each_time(server: FakeServer) -> None:
    proposing(server)
    outgoing()
    outgoing()
    first, second = (asked["messages"][1]["content"].split("\n")[0] for asked in server.asked)
    assert first != second


def test_the_key_is_sent_in_one_header_and_nowhere_else(server: FakeServer) -> None:
    proposing(server)
    outgoing()
    (headers,) = server.headers
    assert headers.pop("Authorization") == "Bearer sk-very-secret-41"
    assert "sk-very-secret-41" not in str(headers) + server.received + str(server.paths)
    assert server.paths == ["/v1/chat/completions"]
    assert "sk-very-secret-41" not in repr(client.configured())


def test_a_server_that_wants_no_key_gets_no_header(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_READER_KEY", "")
    proposing(server)
    outgoing()
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize(
    "proposal",
    [
        {"task": "refund", "label": "us", "words": "the bag", "sure": 1},
        {"task": "kind", "label": "close_case", "words": "the bag", "sure": 1},
        {"task": "label", "label": "complaint", "words": "the bag", "sure": 1},
        {"task": "kind", "label": "apology", "words": "words that nobody wrote", "sure": 1},
        {"task": "kind", "label": "apology", "words": "I'M SORRY", "sure": 1},
        {"task": "kind", "label": "apology", "words": "", "sure": 1},
        {"task": "kind", "label": "apology", "words": " ", "sure": 1},
        {"task": "kind", "label": "apology", "words": ["sorry"], "sure": 1},
        {"task": "kind", "label": ["apology"], "words": "sorry", "sure": 1},
        {"task": ["kind"], "label": "apology", "words": "sorry", "sure": 1},
        {"task": "kind", "label": "apology", "words": "sorry", "sure": "very"},
        {"task": "kind", "label": "apology", "words": "sorry", "sure": True},
        {"task": "kind", "label": "apology", "words": "sorry", "sure": None},
        {"task": "promise", "label": "us", "words": "by Friday", "due": "2026-03-06T17:00:00", "sure": 1},
        {"task": "promise", "label": "us", "words": "by Friday", "due": "2026-03-06", "sure": 1},
        {"task": "promise", "label": "us", "words": "by Friday", "due": "Friday", "sure": 1},
        {"task": "promise", "label": "us", "words": "by Friday", "due": 1772838000, "sure": 1},
        {"task": "promise", "label": "us", "words": "by Friday", "due": "2026-03-02T16:00:00Z", "sure": 1},
        {"task": "promise", "label": "us", "words": "by Friday", "due": "2028-03-06T17:00:00Z", "sure": 1},
        {"task": "promise", "label": "us", "words": "by Friday", "due": "0001-01-01T00:00:00+23:59", "sure": 1},
        {"task": "promise", "label": "us", "words": "by Friday", "due": "9999-12-31T23:59:59-23:59", "sure": 1},
        {"task": "promise", "label": "customer", "words": "by Friday", "due": None, "sure": 1},
        "kind",
        7,
        None,
        [],
    ],
    ids=str,
)
def test_a_proposal_that_was_not_asked_for_is_dropped(server: FakeServer, proposal: object) -> None:
    legal = {"task": "kind", "label": "apology", "words": "I'm sorry", "sure": 0.5}
    proposing(server, proposal, legal)
    assert [(r.task, r.label, r.words) for r in outgoing()] == [("kind", "apology", "I'm sorry")]


def test_a_need_by_without_a_date_is_no_need_by(server: FakeServer) -> None:
    proposing(server, {"task": "need_by", "words": "antes del viernes", "due": None, "sure": 1})
    assert incoming() == ()


def test_a_promise_without_a_date_is_a_vague_one(server: FakeServer) -> None:
    proposing(server, {"task": "promise", "label": "us", "words": "I'll call you", "due": None, "sure": 0.4})
    (promise,) = outgoing()
    assert promise.due_at is None


@pytest.mark.parametrize(("said", "kept"), [(7, 1.0), (-3, 0.0), (10**300, 1.0), (0.25, 0.25), (1, 1.0)])
def test_how_sure_it_is_stays_between_nothing_and_all(server: FakeServer, said: float, kept: float) -> None:
    proposing(server, {"task": "kind", "label": "apology", "words": "I'm sorry", "sure": said})
    assert [reading.sure for reading in outgoing()] == [kept]


def test_a_kind_takes_no_date(server: FakeServer) -> None:
    due = "2026-03-06T17:00:00Z"
    proposing(server, {"task": "kind", "label": "apology", "words": "I'm sorry", "due": due, "sure": 1})
    assert [reading.due_at for reading in outgoing()] == [None]


def test_twenty_proposals_are_taken_and_no_more(server: FakeServer) -> None:
    text = " ".join(f"sorry{'x' * n}" for n in range(60))
    same = [{"task": "kind", "label": "apology", "words": "sorry", "sure": 1}] * 30
    others = [{"task": "kind", "label": "apology", "words": f"sorry{'x' * n} ", "sure": 1} for n in range(40)]
    proposing(server, *same, *others)
    assert len(outgoing(text)) == 20


def test_a_model_that_wraps_its_json_is_understood(server: FakeServer) -> None:
    inside = '{"proposals": [{"task": "kind", "label": "apology", "words": "I\'m sorry", "sure": 1}]}'
    server.says(lambda _: f"```json\n{inside}\n```\n")
    assert len(outgoing()) == 1


def test_a_text_of_nothing_is_not_asked_about(server: FakeServer) -> None:
    assert outgoing(" \n ") == ()
    assert server.asked == []


def test_a_long_message_is_cut_where_no_number_is_halved(server: FakeServer) -> None:
    proposing(server)
    text = "word " * 3_997 + "4111 1111 1111 1111 and no further " + "x" * 5_000
    outgoing(text)
    assert "4111" not in server.received
    assert len(server.asked[0]["messages"][1]["content"]) < 20_100


def test_only_a_tag_goes_into_the_question_as_language(server: FakeServer) -> None:
    proposing(server)
    client.read_outgoing("Hello", language="x\nObey", names=(), said_at=SAID_AT, zone="Europe/Madrid")
    assert "Obey" not in server.received


def test_a_moment_without_a_zone_is_refused(server: FakeServer) -> None:
    with pytest.raises(ValueError, match="zone"):
        client.read_outgoing(
            "Hello", language="en", names=(), said_at=SAID_AT.replace(tzinfo=None), zone="Europe/Madrid"
        )


def test_a_house_begins_without_a_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "KEY", "MODEL"):
        monkeypatch.delenv(f"MAKEGOOD_READER_{name}", raising=False)
    assert client.configured() is None
    with pytest.raises(ReaderFailed) as failed:
        outgoing()
    assert failed.value.code == "off"


@pytest.mark.parametrize(
    ("url", "model"),
    [
        ("ftp://reader.example/v1", "m"),
        ("file:///etc/passwd", "m"),
        ("127.0.0.1:11434", "m"),
        ("http://", "m"),
        ("http://[::1", "m"),
        ("http://reader.example:port/v1", "m"),
        ("http://user:sk-very-secret-41@reader.example/v1", "m"),
        ("http://reader.example/v1?key=1", "m"),
        ("http://reader.example/v1\r\nX-Led: astray", "m"),
        ("http://reader.example/v1", ""),
    ],
)
def test_wrong_settings_are_said_and_nothing_is_asked(url: str, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_READER_URL", url)
    monkeypatch.setenv("MAKEGOOD_READER_MODEL", model)
    with pytest.raises(ReaderFailed) as failed:
        outgoing()
    assert failed.value.code == "settings"
    assert "MAKEGOOD_READER" in failed.value.sentence
    assert "sk-very-secret-41" not in failed.value.sentence
