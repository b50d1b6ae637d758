"""What was read out of a message, in the reader's words: labels, tasks, verdicts, hints. All translatable."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from makegood.desk import models

from . import words

LABELS = {
    "complaint": pgettext_lazy("what a message is", "complaint"),
    "question": pgettext_lazy("what a message is", "question"),
    "information": pgettext_lazy("what a message is", "information"),
    "thanks": pgettext_lazy("what a message is", "thanks"),
    "withdrawal": pgettext_lazy("what a message is", "withdrawn"),
    "escalation_request": pgettext_lazy("what a message is", "asks for somebody higher"),
    "not_resolved": pgettext_lazy("what a message is", "not resolved"),
    "automatic": pgettext_lazy("what a message is", "automatic"),
}
TASKS = {
    "kind": gettext_lazy("What our letters are"),
    "promise": gettext_lazy("Promises in our letters"),
    "label": gettext_lazy("What customers write"),
    "need_by": gettext_lazy("When they need it"),
    "wish": gettext_lazy("What they would like"),
    "reference": gettext_lazy("Numbers they name"),
    "earlier": gettext_lazy("Earlier cases they mention"),
}
VERDICTS = {
    "confirmed": pgettext_lazy("verdict", "confirmed"),
    "overruled": pgettext_lazy("verdict", "overruled"),
    "missed": pgettext_lazy("verdict", "missed"),
    "open": pgettext_lazy("verdict", "not judged"),
}
READERS = {"rules": gettext_lazy("our own reading"), "second": gettext_lazy("second reader")}
REFERENCES = {
    "order": gettext_lazy("order"),
    "flight": gettext_lazy("flight"),
    "booking": gettext_lazy("booking"),
    "case": gettext_lazy("case"),
    "parcel": gettext_lazy("parcel"),
    "account": gettext_lazy("account"),
}
HINTS = {
    "blames_third_party": (
        gettext_lazy("Blames somebody else."),
        gettext_lazy("The customer bought from us: say what we do about it."),
    ),
    "no_action": (gettext_lazy("Nothing happens next."), gettext_lazy("Say what you will do, or what they can do.")),
    "second_apology": (
        gettext_lazy("Second apology without a new fact."),
        gettext_lazy("A repeated one tends to read as an excuse: say what is new, or leave it out."),
    ),
    "undated_assurance": (
        gettext_lazy("An assurance without a date."),
        gettext_lazy("It moves no clock and calms nobody. Give a day, or leave it out."),
    ),
    "review_for_remedy": (
        gettext_lazy("Ties a remedy to a review."),
        gettext_lazy("This will not be sent: making it right is never the price of a good word."),
    ),
    "mirrors_nothing": (
        gettext_lazy("Takes up nothing of what was asked."),
        gettext_lazy("Name what they wrote about, so that they see they were read."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Hint:
    """One line about the tone of a draft. `words` are those of the draft that it is about."""

    code: str
    title: str
    text: str
    words: str
    refuses: bool


def hint(code: str, quoted: str) -> Hint:
    title, text = HINTS[code]
    return Hint(code=code, title=str(title), text=str(text), words=quoted, refuses=code == "review_for_remedy")


def label(name: str) -> str:
    return str(LABELS.get(name, name))


def task(name: str) -> str:
    return str(TASKS.get(name, name))


def heard(task_name: str, label_name: str) -> str:
    """Return what one kind of proposal is called; the task itself where it has but one."""
    if task_name == models.Heard.Task.KIND:
        return words.kind(label_name)
    if task_name == models.Heard.Task.LABEL:
        return label(label_name)
    if task_name == models.Heard.Task.REFERENCE:
        return str(REFERENCES.get(label_name, label_name))
    return task(task_name)


def reference(label_name: str) -> str:
    """Return a reference, kept as "order 88-1973", with its type in the reader's language."""
    kind, _space, value = label_name.partition(" ")
    return _("{type} {value}").format(type=REFERENCES.get(kind, kind), value=value)
