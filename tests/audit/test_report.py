"""The report: one page that needs nothing else, says what was counted, and lets nobody's words become markup."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from makegood.audit import report as forms
from makegood.audit.cells import ROWS
from makegood.audit.gather import Report
from makegood.audit.listings import Listing
from makegood.audit.report import as_json, paper
from makegood.audit.report.answer import plain_answer
from makegood.audit.report.markup import Html, filled, tag
from makegood.audit.report.page import page
from makegood.audit.words import speaking
from makegood.rules.hours import Hours
from tests.audit import small_log
from tests.audit.conftest import gathered
from tests.audit.small_log import case, event, finding

EVIL = '<script>alert("x")</script>{0}'


class Read(HTMLParser):
    """What a browser would see: ids, links, tags and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action", "data", "poster")]


@pytest.fixture(scope="module")
def shown(report: Report) -> str:
    return page(report)


def test_the_page_needs_nothing_from_anywhere(shown: str) -> None:
    read = Read(shown)
    assert [address for address in read.addresses if not address.startswith("#")] == []
    assert not re.search(r"https?://|//[a-z]|@import|url\((?!#)", shown)
    assert not {"script", "iframe", "img", "form", "object", "embed"} & set(read.tags)
    assert 'style="' not in shown


def test_every_link_leads_somewhere_and_every_id_is_there_once(shown: str) -> None:
    read = Read(shown)
    assert len(read.ids) == len(set(read.ids))
    assert sorted({link for link in read.links if link[1:] not in read.ids}) == []


def test_the_answer_comes_first_and_says_how_many_of_how_many(report: Report, shown: str) -> None:
    heading = re.search(r"<h1>(.*?)</h1>", shown, re.DOTALL)
    assert heading
    assert shown.index("<h1>") < shown.index("<h2")
    text = plain_answer(report)
    assert f"{report.slipped} of {report.cases}" in text
    assert text.endswith("or had to push themselves.")


def test_every_number_opens_the_list_it_counts(report: Report, shown: str) -> None:
    links = re.findall(r'<a href="#l-([\w-]+)" class="opens">([\d,]+)</a>', shown)
    assert len(links) > 20
    wrong = [
        (key, text)
        for key, text in links
        if key != "handoffs" and _counted(report.listings[key]) != int(text.replace(",", ""))
    ]
    assert wrong == []
    assert any(key.startswith("hand-") for key, _text in links)


def _counted(listing: Listing) -> int:
    return listing.count if listing.times is None else listing.times


def test_a_cell_opens_to_a_table_of_cases_with_the_question_that_finds_all(report: Report, shown: str) -> None:
    for kind in ("hand", "week"):
        key = max(
            (each for each in report.listings if each.key.startswith(f"{kind}-")), key=lambda each: each.count
        ).key
        table = shown.partition(f'id="l-{key}"')[2].partition("</details>")[0]
        assert table.count("<tr>") == 1 + min(ROWS, report.listings[key].count)
        assert "SELECT DISTINCT case_id FROM" in table


def test_names_of_other_peoples_files_stay_words(tmp_path: Path, hours: Hours) -> None:
    cases = [
        case(f"{EVIL}{n}", last_team=EVIL, customer=EVIL, channel=EVIL, closed=False, handoffs=1, last_person=EVIL)
        for n in range(25)
    ]
    slips = [finding("MG401", f"{EVIL}{n}", until=None) for n in range(25)]
    events = [
        event(f"{EVIL}0", small_log.MONDAY_TEN, nth, what=EVIL, team=f"{EVIL}{nth}", person=EVIL) for nth in (1, 2)
    ]
    small_log.write(tmp_path, cases, slips, events)
    made = gathered(tmp_path, hours, source=EVIL, policy=EVIL, notes=(EVIL,), version=EVIL)
    text = page(made)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "<script" not in paper._document(made, paper._sheets(made))


def test_markup_escapes_all_but_itself() -> None:
    assert tag("p", "<b>", Html("<i>x</i>"), title='"<') == '<p title="&quot;&lt;">&lt;b&gt;<i>x</i></p>'
    assert filled("{who} < {n}", who="<b>", n=tag("b", 1)) == "&lt;b&gt; &lt; <b>1</b>"


def test_where_nobody_slipped_it_says_so(tmp_path: Path, hours: Hours) -> None:
    small_log.write(tmp_path, [case(f"C{n}") for n in range(40)])
    made = gathered(tmp_path, hours)
    assert plain_answer(made) == ("Nobody slipped: none of 40 cases waited past a promise or past the silence limit.")
    assert Read(page(made)).ids


@pytest.mark.parametrize("cases", [0, 1, 19])
def test_a_small_log_has_a_page_a_pdf_and_no_shares(cases: int, tmp_path: Path, hours: Hours) -> None:
    small_log.write(tmp_path, [case(f"C{n}") for n in range(cases)], [finding("MG401", "C0")][:cases])
    made = gathered(tmp_path, hours)
    main = page(made).split("</head>")[1]
    assert "nan" not in re.sub(r"<[^>]+>", " ", main).lower().split()
    if cases:
        assert "not shown: fewer than 20" in main
    paper.write_pdf(made, tmp_path / "small.pdf")
    assert (tmp_path / "small.pdf").read_bytes().startswith(b"%PDF")


def test_all_forms_are_written(report: Report, tmp_path: Path) -> None:
    written = forms.write(report, tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    assert names == {
        "report.html", "report.json", "report.pdf", "plots/survival.png", "plots/handoffs.png", "plots/week.png",
        "plots/teams.png", "plots/waits.png",
    }  # fmt: skip
    for path in written:
        start = path.read_bytes()[:8]
        if path.suffix == ".png":
            assert start == b"\x89PNG\r\n\x1a\n"
            assert path.stat().st_size > 10_000
    pdf = (tmp_path / "report.pdf").read_bytes()
    assert len(re.findall(rb"/Type /Page\b", pdf)) >= 3 or b"/ObjStm" in pdf


def test_the_json_says_the_same_as_the_page(report: Report) -> None:
    told = json.loads(as_json.as_json(report))
    assert told["slipped"] == report.slipped
    assert told["answer"] == plain_answer(report)
    share = next(one for one in told["measures"] if one["key"] == "slipped")
    assert share["value"] == pytest.approx(report.slipped / report.cases)
    assert share["cases"].startswith("SELECT case_id FROM 'cases.parquet' WHERE")
    assert [one["id"] for one in told["measures"]] == sorted(one["id"] for one in told["measures"])


def test_in_spanish_nothing_is_left_in_english(report: Report) -> None:
    with speaking("es"):
        text = page(report)
    assert '<html lang="es">' in text
    words = set(
        re.findall(r"[a-z]+", re.sub(r"<style>.*?</style>|<code.*?</code>|<[^>]+>", " ", text, flags=re.DOTALL))
    )
    assert not words & {"the", "slipped", "cases", "waiting", "silence", "promises", "shown", "team", "handoffs"}
    assert "se nos escaparon" in text


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    from makegood.audit import words

    assert (words.number(12345.6, 1), words.share(0.109)) == ("12,345.6", "10.9\N{NO-BREAK SPACE}%")
    with words.speaking("es"):
        assert (words.number(12345.6, 1), words.number(1234), words.share(0.109)) == (
            "12.345,6", "1234", "10,9\N{NO-BREAK SPACE}%",
        )  # fmt: skip
    assert [words.span(hours) for hours in (0.5, 7.24, 30, 100, 2000)] == [
        "30\N{NO-BREAK SPACE}min", "7.2\N{NO-BREAK SPACE}h", "30\N{NO-BREAK SPACE}h", "4.2\N{NO-BREAK SPACE}d",
        "83\N{NO-BREAK SPACE}d",
    ]  # fmt: skip


def test_one_case_that_waited_for_nothing_is_said_of_one(tmp_path: Path, hours: Hours) -> None:
    small_log.write(tmp_path, [case("C1")])
    told = plain_answer(gathered(tmp_path, hours))
    assert told == "Nobody slipped: the one case of this log did not wait past a promise or past the silence limit."


def test_what_the_curve_is_labelled_with_opens_the_cases_with_their_facts(report: Report, shown: str) -> None:
    assert report.listings.by_key["substance-5"].lines
    opened = shown[shown.index('id="l-substance-5"') :].partition("</table>")[0]
    assert report.listings.by_key["substance-5"].lines[0].case_id in opened


def test_on_a_phone_every_other_name_of_the_calendar_is_left_out(shown: str) -> None:
    names = re.findall(r'<text x="[\d.]+%" y="12"( class="where-wide")?>', shown)
    assert len(names) >= 2
    assert names == [' class="where-wide"' if nth % 2 else "" for nth in range(len(names))]
    assert re.search(r"max-width: 44rem\)[^@]*\.waits \.where-wide { display: none; }", shown)


def test_a_log_that_tells_no_receipts_from_answers_draws_replies_of_any_kind_and_says_so(
    tmp_path: Path, hours: Hours
) -> None:
    late = small_log.MONDAY_TEN
    small_log.write(tmp_path, [case(f"C{n}", first_reply_at=late, first_substantive_reply_at=None) for n in range(40)])
    made = gathered(tmp_path, hours)
    written = page(made)
    assert "This log does not tell answers that say something from receipts." in written
    assert "median to any reply" in written
    assert "no reply of substance" not in written.partition('id="fig-survival"')[2].partition("</figure>")[0]
    assert not {"substance-1", "substance-5"} & {listing.key for listing in made.listings}
    assert json.loads(as_json.as_json(made))["waiting_for_substance"] is None


def test_one_case_of_thousands_that_did_not_slip_makes_it_nearly_every_one(tmp_path: Path, hours: Hours) -> None:
    slips = [finding("MG401", f"C{n}", until=None) for n in range(399)]
    small_log.write(tmp_path, [case(f"C{n}", closed=False) for n in range(400)], slips)
    assert plain_answer(gathered(tmp_path, hours)).startswith("Nearly every case slipped: 399 of 400")


def test_promises_that_were_read_in_letters_are_said_to_be(desk: Path, hours: Hours) -> None:
    told = "read in letters, so the upper end"
    assert told not in page(gathered(desk, hours))
    assert told in page(gathered(desk, hours, reading={"rows": 1, "notes": [{"code": "letters_read"}]}))
