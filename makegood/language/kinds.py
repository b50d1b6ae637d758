"""What kind of message of ours a text is, and whether it moves anything for the customer.

Receipts, thanks for patience and "we're looking into it" do not, however kindly they are written.
"""

from dataclasses import dataclass

from makegood.rules.outgoing import OUTGOING_KINDS, SUBSTANTIVE

from .known import LANGUAGES
from .proposals import Proposal
from .weighing import Weighed, own_words, proposal, tag_of, weigh

#: Chances from which a kind is proposed, and from which the likeliest one is where none reaches that.
LIKELY, AT_LEAST = 0.42, 0.12
#: Chance from which a message counts as automatic though it has none of the set words.
_LIKELY_AUTOMATIC = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What a message of ours seems to be. Nothing, where its language is not read."""

    proposals: tuple[Proposal, ...] = ()
    substantive: bool = False
    #: It says that no person wrote it: a receipt, a queue or an out-of-hours notice.
    automatic: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """The proposed kinds alone."""
        return frozenset(proposal.label for proposal in self.proposals)


def outgoing(text: str, *, language: str | None = None) -> Heard:
    """Propose the kinds of a message of ours. Quoted lines are not ours. Never raises."""
    text = own_words(text)
    tag = tag_of(text, language)
    if not tag:
        return Heard()
    weighed = weigh(text, task="outgoing", tag=tag)
    automatic = is_automatic(text, weighed, tag)
    kinds = settled(weighed, automatic=automatic, accepting=_accepting(weighed, tag))
    return Heard(
        proposals=tuple(proposal(one, task="outgoing", tag=tag) for one in weighed if one.label in kinds),
        substantive=is_substantive(kinds, automatic=automatic),
        automatic=automatic,
    )


def is_automatic(text: str, weighed: tuple[Weighed, ...], tag: str) -> bool:
    """Whether the text says that a program sent it: by its set words, or like the examples of such messages."""
    return bool(LANGUAGES[tag].automatic.search(text)) or any(
        one.label == "automatic" and one.chance >= _LIKELY_AUTOMATIC for one in weighed
    )


def _accepting(weighed: tuple[Weighed, ...], tag: str) -> bool:
    """Whether what asks loudest only asks whether an offer is welcome ("shall we…?", "which would you rather?")."""
    asking = next((one.sentence.words for one in weighed if one.label == "ask"), "")
    return any("accept" in word.classes for word in LANGUAGES[tag].lexicon.read(asking))


def settled(weighed: tuple[Weighed, ...], *, automatic: bool, accepting: bool = False) -> frozenset[str]:
    """The kinds that stand together: an acknowledgement is what is left over, beside no kind that moves something.

    Only an automatic receipt keeps it beside the answering time that it promises. A question that only accepts
    an offer (`accepting`) is part of the offer.
    """
    weighed = tuple(one for one in weighed if one.label in OUTGOING_KINDS)
    kinds = {one.label for one in weighed if one.chance >= LIKELY}
    if not kinds and weighed:
        likeliest = max(weighed, key=lambda one: one.chance)
        kinds = {likeliest.label} if likeliest.chance >= AT_LEAST else set()
    if accepting and "offer" in kinds:
        kinds.discard("ask")
    moving = kinds & SUBSTANTIVE
    if automatic and moving <= {"promise"} and not kinds & {"survey", "ask"}:
        kinds.add("acknowledgement")
    elif moving:
        kinds.discard("acknowledgement")
    return frozenset(kinds)


def is_substantive(kinds: frozenset[str], *, automatic: bool) -> bool:
    """Whether such a message moved something. The standing promise of an automatic receipt moves nothing."""
    moving = kinds & SUBSTANTIVE
    return bool(moving) and not (automatic and moving == {"promise"})
