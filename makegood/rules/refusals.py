"""The ways an action is refused, drawn as a tree on top. Codes and programmes have theirs in their own files.

Refusal
├── CaseIsClosed               ├── NothingRings
├── CaseIsOpen                 ├── NotTheOwner
├── CannotClose                ├── NotOffered
├── PromiseIsOver              ├── AlreadyOffered
├── OnlyTheCustomerReleases    ├── CannotReceive
├── ClockOfTheHouse            ├── SomebodyElseAnswered
├── PromiseNeedsADate          ├── DateIsPast
├── DateIsTooFar               ├── WasToldADate
├── LastExecutive              ├── AlreadyJudged
├── RemedyForReview            ├── NeedsReason
├── UndatedAssurance           ├── SetAside
├── CannotMerge                ├── NotMerged
├── NotAnotherMatter           └── NotInDoubt
│ making it right
├── NoRemedyClocks             ├── ComesTooLate
├── NoSuchRemedy               ├── OfferStands
├── NotARemedy                 ├── NotRunOut
├── WishFirst                  ├── NotAtThisStep
├── ChoiceOwed                 ├── OrderedAlready
├── BudgetSpent                ├── HisChoice
├── OwnRequest                 ├── NoSuchOption
├── NotEnoughAuthority         ├── AlreadyHeld
├── CoolingOff                 ├── NotHeld
└── NoSuchThing

The class docstring is the sentence a person reads; `code` is what a program
reads; `reasons` are further sentences, each with what would remove it.
Nothing was changed when one of these is raised.
"""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818  (the house's word; it is not an error)
    """That can't be done."""

    code = "refused"

    def __init__(self, *reasons: str, sentence: str = "") -> None:
        self.sentence = sentence or " ".join((type(self).__doc__ or "").split())
        self.reasons = reasons
        super().__init__(" ".join((self.sentence, *reasons)))


class CaseIsClosed(Refusal):
    """This case is closed. Reopen it first."""

    code = "case_is_closed"


class CaseIsOpen(Refusal):
    """This case is open already."""

    code = "case_is_open"


class CannotClose(Refusal):
    """This case can't close yet."""

    code = "cannot_close"


class PromiseIsOver(Refusal):
    """This promise is over: it was kept, released, replaced or ended."""

    code = "promise_is_over"


class OnlyTheCustomerReleases(Refusal):
    """Only the customer can let us off a promise. You can keep it, or replace it with a new date."""

    code = "only_the_customer_releases"


class ClockOfTheHouse(Refusal):
    """This is a clock of the house's own. Nobody stops it by hand: it is kept by what it measures."""

    code = "clock_of_the_house"


class PromiseNeedsADate(Refusal):
    """A promise needs a date. Give one, or send it without the kind “promise”."""

    code = "promise_needs_a_date"


class DateIsPast(Refusal):
    """A promise can't be due in the past."""

    code = "date_is_past"


class DateIsTooFar(Refusal):
    """A date can be at most two years ahead. Promise something nearer, and promise again when it comes."""

    code = "date_is_too_far"


class RemedyForReview(Refusal):
    """This ties making it right to a review. It was not sent: write the remedy without the condition."""

    code = "remedy_for_review"


class WasToldADate(Refusal):
    """The customer was mailed a date by which he hears from us. Answer him, if only with a line."""

    code = "was_told_a_date"


class NothingRings(Refusal):
    """No alarm rings on this case. Somebody may have answered it a moment ago."""

    code = "nothing_rings"


class NotTheOwner(Refusal):
    """Only the owner, or somebody above, may do this."""

    code = "not_the_owner"


class NotOffered(Refusal):
    """This case is not offered to you. The offer may have been taken back or run out."""

    code = "not_offered"


class AlreadyOffered(Refusal):
    """This case is already offered to somebody. Wait for the answer, or take the offer back first."""

    code = "already_offered"


class CannotReceive(Refusal):
    """This person can't take the case now."""

    code = "cannot_receive"


class LastExecutive(Refusal):
    """The ladder must end with somebody. Make another person an executive first."""

    code = "last_executive"


class AlreadyJudged(Refusal):
    """Somebody has judged this message already."""

    code = "already_judged"


class SomebodyElseAnswered(Refusal):
    """Somebody else answered, or is answering. Read that first, then send again to confirm."""

    code = "somebody_else_answered"


class UndatedAssurance(Refusal):
    """This is marked as a promise, but it has no date."""

    code = "undated_assurance"


class NeedsReason(Refusal):
    """This needs a reason. Write in a few words why."""

    code = "needs_reason"


class SetAside(Refusal):
    """This case is set aside. Judge first whether it is a complaint."""

    code = "set_aside"


# ── making it right ──────────────────────────────────────────────────────────


class NoRemedyClocks(Refusal):
    """The policy that this case began with has no clocks for remedies. Move the case to a newer version first."""

    code = "no_remedy_clocks"


class NoSuchRemedy(Refusal):
    """There is no such remedy on this case."""

    code = "no_such_remedy"


class NotARemedy(Refusal):
    """This can't be proposed."""

    code = "not_a_remedy"


class WishFirst(Refusal):
    """Nobody knows yet what he would like to have happen. Ask him, or say why you go on without knowing."""

    code = "wish_first"


class ChoiceOwed(Refusal):
    """Two remedies have failed here. Let him choose between at least two, or offer a refund."""

    code = "choice_owed"


class BudgetSpent(Refusal):
    """There is not enough left in this budget. Its owner can make it larger."""

    code = "budget_spent"


class NoSuchThing(Refusal):
    """This case is about no such thing. Name it first."""

    code = "no_such_thing"


class OwnRequest(Refusal):
    """You proposed this yourself. Somebody else must approve it."""

    code = "own_request"


class NotEnoughAuthority(Refusal):
    """This is more than you may approve. Somebody above must."""

    code = "not_enough_authority"


class CoolingOff(Refusal):
    """His address or payment was changed within the last day. Nothing worth money leaves before a day has passed."""

    code = "cooling_off"


class ComesTooLate(Refusal):
    """This would come after he needs it. Offer something that comes in time, or tell him that it comes late."""

    code = "comes_too_late"


class OfferStands(Refusal):
    """He has been offered this, and our offer stands. He can decline it, and nobody else can take it back."""

    code = "offer_stands"


class NotRunOut(Refusal):
    """This offer has not run out: its time isn't over, or the delay was ours."""

    code = "not_run_out"


class NotAtThisStep(Refusal):
    """This remedy is at another step now. Somebody may have gone on with it a moment ago."""

    code = "not_at_this_step"


class OrderedAlready(Refusal):
    """This remedy was ordered already. It is never carried out twice."""

    code = "ordered_already"


class HisChoice(Refusal):
    """The customer chooses. Offer it, and order what he chose."""

    code = "his_choice"


class NoSuchOption(Refusal):
    """This is none of the options he was offered."""

    code = "no_such_option"


class AlreadyHeld(Refusal):
    """This is on the record already as something that we hold."""

    code = "already_held"


class NotHeld(Refusal):
    """We don't hold this, by our record."""

    code = "not_held"


# ── two cases that are one matter ────────────────────────────────────────────


class CannotMerge(Refusal):
    """These two cases can't be merged."""

    code = "cannot_merge"


class NotMerged(Refusal):
    """This case does not go on in another one. Somebody may have parted them a moment ago."""

    code = "not_merged"


class NotAnotherMatter(Refusal):
    """Only a later message that waits for its answer can become a case of its own."""

    code = "not_another_matter"


class NotInDoubt(Refusal):
    """Nobody needs to say what became of this letter. Somebody may have said it a moment ago."""

    code = "not_in_doubt"
