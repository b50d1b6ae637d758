"""Lists that people upload: any delimiter, quotes over lines, and each row names somebody or says why not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules import people_lists
from makegood.rules.people_lists import NamesNobody, Row


def address(typed: str) -> str:
    return typed.strip().lower() if typed.count("@") == 1 else ""


def rows(text: str, sign: str = ",") -> list[Row]:
    return list(people_lists.cut(iter(text.encode().splitlines(keepends=True)), sign=sign, line=1))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_what_cuts_every_line_alike(sign: str) -> None:
    lines = [sign.join(cells) for cells in (("Email", "Name"), ("a@b.example", "Ann, the elder"), ("c@d.example", "C"))]
    wanted = ";" if sign == "," else sign
    assert people_lists.delimiter([line.replace(sign, wanted) for line in lines]) == wanted


def test_headings_in_two_languages_say_what_the_columns_mean() -> None:
    assert people_lists.columns(["E-mail", "Full name", "Order #", "Nonsense"]) == ("mail", "name", "order", "")
    assert people_lists.columns(["Correo", "Nombre", "Número de pedido"]) == ("mail", "name", "order")
    assert people_lists.columns(["a@b.example", "Ann"]) == ("mail", "")


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='",\n;')), min_size=2, max_size=4
        ),
        max_size=8,
    )
)
def test_every_row_that_a_spreadsheet_writes_is_read_as_it_was_and_can_be_gone_on_from(cells: list[list[str]]) -> None:
    kept = [row for row in cells if sum(cell.count("\n") for cell in row) < 30]
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(kept)
    raw = written.getvalue().encode()
    found = list(people_lists.cut(iter(io.BytesIO(raw).readline, b""), sign=",", line=1))
    assert [row.cells for row in found if not row.why] == [tuple(cell.strip() for cell in row) for row in kept]
    for row in found:
        rest = io.BytesIO(raw[row.end :])
        following = list(people_lists.cut(iter(rest.readline, b""), sign=",", line=row.line + row.lines))
        assert [r.cells for r in following] == [r.cells for r in found if r.line > row.line]


def test_a_quote_that_is_never_closed_spoils_its_own_line_only() -> None:
    found = rows('a,b\n"x,y\n' + "".join(f"p{n}@x.example,P\n" for n in range(60)))
    assert [row.line for row in found if row.why] == [2]
    assert len(found) == 62


def test_a_quote_that_is_never_closed_breaks_no_guess_at_the_delimiter() -> None:
    assert people_lists.delimiter(["email;name\n", '"' + "a" * 200_000]) == ","


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("nobody", "Ann", "", ""), "That is no mail address we could write to."),
        (("", "Ann", "", ""), "It has no mail address, no order and no customer number"),
        (("a@b.example", "", "", "21.005"), "USD has 2 digits after the point."),
        (("a@b.example", "", "", "-1"), "The amount is below zero."),
    ],
)
def test_a_row_that_names_nobody_says_why(cells: tuple[str, ...], why: str) -> None:
    row = Row(line=2, cells=cells, end=0)
    with pytest.raises(NamesNobody, match=why.replace(".", r"\.")):
        people_lists.named(row, ("mail", "name", "order", "amount"), currency="USD", address=address)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "＝1", " =1", "'=1", "\u200b=1", '"=1'])
def test_no_cell_that_is_given_back_is_a_formula(cell: str) -> None:
    assert people_lists.harmless(cell).startswith("'")


def test_a_harmless_cell_is_given_back_as_it_is() -> None:
    assert people_lists.harmless("Ann = Bob") == "Ann = Bob"
