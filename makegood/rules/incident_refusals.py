"""The ways in which what somebody wants of an incident is refused, each with a code of its own."""

from __future__ import annotations

from .refusals import Refusal


class ListTooLarge(Refusal):
    """This list is larger than 64 MB. Cut it into several."""

    code = "list_too_large"


class ListIsEmpty(Refusal):
    """This list is empty. Choose the file again."""

    code = "list_is_empty"


class NotText(Refusal):
    """This is no list as text. Save the table as CSV first."""

    code = "list_not_text"


class ListNamesNobody(Refusal):
    """This list names nobody: it needs a first row with headings, and a column with mail addresses, orders or customer
    numbers.
    """

    code = "list_names_nobody"


class IncidentIsClosed(Refusal):
    """This incident is closed, and what it says stays as it is. Open another one for what comes now."""

    code = "incident_is_closed"


class NothingToGive(Refusal):
    """Say first what they are given."""

    code = "nothing_to_give"


class LetterHasHoles(Refusal):
    """The letter names something that is not known of everybody. Take it out, or add it to the list."""

    code = "letter_has_holes"


class NoFailure(Refusal):
    """Say what went wrong: the outcome or the way it was dealt with."""

    code = "no_failure"


class GivenAlready(Refusal):
    """Some have been given this already. Add an option instead of changing it."""

    code = "given_already"


class AnotherSum(Refusal):
    """The sum is another by now. Look at the dry run again."""

    code = "another_sum"


class NoName(Refusal):
    """Give the incident a name that people recognise."""

    code = "incident_has_no_name"


class NoSuchLanguage(Refusal):
    """The desk writes letters in English and in Spanish."""

    code = "no_such_language"


class LetterIsEmpty(Refusal):
    """A letter needs a subject and a text."""

    code = "letter_is_empty"


class WrongBlanks(Refusal):
    """A letter to many has these blanks and nothing else in braces: {name} {order} {item} {amount} {case} {owner}
    {house}.
    """

    code = "wrong_blanks"


class LetterIsOut(Refusal):
    """This letter is on its way to people already. Nobody is told two things."""

    code = "letter_is_out"


class NoPartner(Refusal):
    """Say who told them."""

    code = "no_partner"


class NotThen(Refusal):
    """The partner's notice must lie in the past, and within two years."""

    code = "partner_not_then"


class NoSuchTask(Refusal):
    """The job opens cases, tells people and gives remedies; nothing else."""

    code = "no_such_task"


class NobodyListed(Refusal):
    """Nobody is on the list yet. Add people first."""

    code = "nobody_listed"


class NoLetter(Refusal):
    """Write the letter first."""

    code = "no_letter"


class NoDryRun(Refusal):
    """Make the dry run first: nobody spends what nobody has seen."""

    code = "no_dry_run"


class NotApproved(Refusal):
    """The sum of the dry run is not approved yet. Somebody with the authority for it must say yes."""

    code = "not_approved"


class JobDoesNotRun(Refusal):
    """This job does not run, so there is nothing to pause."""

    code = "job_does_not_run"


class JobRuns(Refusal):
    """This job is neither paused nor stopped: it goes on by itself."""

    code = "job_runs"


class NeedsEvidence(Refusal):
    """Say what shows it: who was spoken to, what was sent, what was tried."""

    code = "needs_evidence"


class ToldAlready(Refusal):
    """This person has been told already."""

    code = "told_already"


class NoAddress(Refusal):
    """That is no mail address we could write to."""

    code = "no_address"


class AddressIsTaken(Refusal):
    """Somebody else on the list has this address. Tell this person another way."""

    code = "address_is_taken"


class CauseIsOpen(Refusal):
    """Say what was done about the cause, so that it happens to nobody else."""

    code = "cause_is_open"


class NotSettled(Refusal):
    """Some people are not settled yet. Each has a place on the list."""

    code = "people_not_settled"


class OfferedAlready(Refusal):
    """This is offered to everybody already, or was taken back."""

    code = "option_offered"


class NotOneOfThree(Refusal):
    """Say whether he was told, can't be reached, or has another address."""

    code = "say_which_way"


class NoWord(Refusal):
    """Say which word."""

    code = "no_word"


class NoCaseFound(Refusal):
    """No case that you may see holds these words."""

    code = "no_case_found"


class TooManyCases(Refusal):
    """More than 2,000 cases hold these words. Search for something narrower."""

    code = "too_many_cases"


class CannotBeListed(Refusal):
    """This person can't be put on the list."""

    code = "cannot_be_listed"


class NoReasonToClose(Refusal):
    """Say why these cases can be closed."""

    code = "no_reason_to_close"


class NoCaseOpen(Refusal):
    """No case of this incident is open. There is nothing to close."""

    code = "no_case_open"
