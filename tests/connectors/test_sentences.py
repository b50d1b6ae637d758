"""Whatever a connector says to people is known to the catalogue, sentence by sentence; one that isn't is found."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from django.utils import translation

from makegood.notify import recorded
from makegood.notify.connectors_said import SENTENCES
from tests.house.reading import modules

_END = re.compile(r"(?<=[.!?”]) (?=[A-Z“{])")


def spoken() -> Iterator[str]:
    """The texts that connectors and their round make sentences of: f-strings with what stands in them as `{}`."""
    for module in (*modules("makegood/connectors"), *modules("makegood/watch")):
        if module.path.startswith("makegood/watch") and not module.path.endswith("orders.py"):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "sentence":
                yield from _texts(node.value)
            if isinstance(node, ast.Call):
                yield from (t for word in node.keywords if word.arg == "sentence" for t in _texts(word.value))
                if ast.unparse(node.func) == "missing" and len(node.args) == 2:
                    yield from _texts(node.args[1])


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)


def test_every_sentence_of_a_connector_is_in_the_list() -> None:
    shape = {re.sub(r"{\w+}", "{}", sentence) for sentence in SENTENCES}
    bare = {re.sub(r"^(?:Stripe|Shopify)\b|(?<=and )(?:Stripe|Shopify)\b|(?<=at )Stripe\b", "{}", s) for s in shape}
    unknown = []
    for text in spoken():
        for sentence in _END.split(text):
            plain = re.sub(r"^(?:Stripe|Shopify)\b|(?<=and )(?:Stripe|Shopify)\b|(?<=at )Stripe\b", "{}", sentence)
            plain = plain.replace("Check MAKEGOOD_SHOPIFY_URL.", "Check {}.").replace("{} {}, so", "{} hung up, so")
            if plain not in bare | {"{}", ""}:
                unknown.append(sentence)
    assert unknown == []


def test_a_reader_of_spanish_reads_what_a_payment_company_said_in_its_own_words() -> None:
    said = "Stripe refused our key (401). Put a valid one into MAKEGOOD_STRIPE_KEY; the order waits for it."
    with translation.override("es"):
        assert recorded.say(said) == (
            "Stripe rechazó nuestra clave (401). Ponga una válida en MAKEGOOD_STRIPE_KEY; el encargo la espera."
        )
        assert recorded.say("Stripe refused: No such charge.") == "Stripe lo rechazó: No such charge."
