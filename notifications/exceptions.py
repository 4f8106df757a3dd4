"""What is refused about a document, an answer to one, or the address of a receiver?"""


class NotificationError(Exception):
    """Something about registered post that cannot be done as asked. Ids and references only, never a child."""


class BodyFieldNotKnown(NotificationError):
    """A document may hold the fields of its kind and no other."""

    def __init__(self, kind: str, names: list[str]):
        super().__init__(
            f"A {kind.replace('_', ' ')} has no field {', '.join(names)}. What it may hold is a closed list: "
            "leave the field out, or have it added to BODY_FIELDS by a decision about disclosure."
        )


class ComposedAlready(NotificationError):
    """The recipient has a document of this kind about this matter."""

    def __init__(self, reference: str):
        super().__init__(
            f"This was sent already, as {reference}. Compose a newer document that supersedes the last one, so that "
            "its reader sees what changed."
        )


class NotTheLatest(NotificationError):
    """Only the latest document of a matter can be superseded."""

    def __init__(self, reference: str):
        super().__init__(f"{reference} was superseded already: supersede the latest document of the matter instead.")


class NotTheSameMatter(NotificationError):
    """A document supersedes one of the same kind, about the same matter, to the same recipient."""

    def __init__(self, reference: str):
        super().__init__(
            f"{reference} went to another recipient or is about another matter, so this cannot supersede it. Recall "
            f"{reference} and compose a new document."
        )


class RecalledAlready(NotificationError):
    """A document is recalled once."""

    def __init__(self, reference: str):
        super().__init__(f"{reference} was recalled already; nothing was changed.")


class NotTheSender(NotificationError):
    """Only its sender recalls a document."""

    def __init__(self, reference: str):
        super().__init__(f"Only the authority that sent {reference} can recall it.")


class NotAPerson(NotificationError):
    """Only a person opens, acknowledges or disputes: a receipt by a system is no person."""

    def __init__(self, reference: str):
        super().__init__(
            f"Only a person can open, acknowledge or dispute {reference}: a system's receipt does not show that "
            "anybody read it. Sign in as a person of the authority that received it."
        )


class NotAddressedToYou(NotificationError):
    """The sender does not answer its own document."""

    def __init__(self, reference: str):
        super().__init__(
            f"Your authority sent {reference}: only a person of the authority that received it can open, acknowledge "
            "or dispute it."
        )


class AnsweredAlready(NotificationError):
    """A document is acknowledged once, and disputed once."""

    def __init__(self, reference: str, answer: str, person: str):
        super().__init__(f"{reference} was {answer} already, by {person}. Nothing was changed.")


class WordsMissing(NotificationError):
    """A dispute says what is disputed."""

    def __init__(self, reference: str):
        super().__init__(f"Say what is wrong with {reference}, so that its sender can put it right.")


class TransitionRefused(NotificationError):
    """A delivery moves only as its table of transitions says."""

    def __init__(self, current: str, wanted: str):
        super().__init__(f"A delivery that is {current} may not become {wanted}.")


class DestinationRefused(NotificationError):
    """An address that Placewatch may not call. Says why, and what it may call."""

    def __init__(self, why: str):
        super().__init__(
            f"This address cannot receive notices: {why}. Give an address that begins with https://, on port 443, "
            "whose name leads to public internet addresses only."
        )


class DestinationNotFound(NotificationError):
    """A host name that leads nowhere today."""

    def __init__(self, host: str):
        super().__init__(f"The name {host} could not be found. Check its spelling, or try again when it is registered.")


class EndpointExists(NotificationError):
    """An authority has an address once."""

    def __init__(self):
        super().__init__("This address receives the authority's notices already. Its secret is shown once only.")


class EndpointHasEnded(NotificationError):
    """An endpoint that has ended stays ended."""

    def __init__(self):
        super().__init__("This address has ended: nothing more is sent there. Add it again to begin anew.")


class NotProvedYet(NotificationError):
    """A system proves that it holds the secret before anything is sent to it."""

    def __init__(self):
        super().__init__(
            "The system at this address has not proved yet that it holds the secret. Put the secret in place there, ask "
            "for the proof, and agree when it has come."
        )


class SecondPersonNeeded(NotificationError):
    """Who added an endpoint does not let it go live alone."""

    def __init__(self):
        super().__init__(
            "A second person of your authority has to agree to this address: an administrator or a manager other than "
            "whoever added it."
        )


class UnderWayAlready(NotificationError):
    """Two secrets at most: an overlap ends before the next one begins."""

    def __init__(self, until):
        super().__init__(
            f"The earlier secret is still in use until {until:%-d %B %Y %H:%M} UTC. Wait until then, or end it at once."
        )


class NumberNotOnFile(NotificationError):
    """A code is told, and a change confirmed, on a number that was known before."""

    def __init__(self):
        super().__init__(
            "This number is not on file for that authority. Ring a number of the directory: the one that whoever wrote "
            "or rang gives of themselves shows nothing. Where none is on file, have the directory loaded first."
        )


class WhoMissing(NotificationError):
    """An acknowledgement names a person, what they are there, and, by telephone, the number."""

    def __init__(self, reference: str):
        super().__init__(
            f"Say who has read {reference}, what their post is, and on which number it was said: without a person nobody "
            "has read it."
        )


class NotYet(NotificationError):
    """What was said lies between the sending and now."""

    def __init__(self, reference: str):
        super().__init__(f"Give a time between the sending of {reference} and now.")


class ReplayReasonMissing(NotificationError):
    """To send again is for a reason."""

    def __init__(self):
        super().__init__("Say why it is sent again: what was put right?")


class NothingToReplay(NotificationError):
    """Nothing that could not be delivered matches."""

    def __init__(self):
        super().__init__("Nothing that could not be delivered is left to send again: look at the list once more.")


class CannotBeReached(NotificationError):
    """A contact has an address or a number, and somebody who said so."""

    def __init__(self):
        super().__init__(
            "Give an e-mail address or a telephone number, and say who told you: without a name nobody did."
        )


class ChangeWaits(NotificationError):
    """One change of a contact waits at a time."""

    def __init__(self):
        super().__init__("A change of this contact waits for its call back already. Confirm it, or withdraw it first.")


class ChangeNotFound(NotificationError):
    """The change is not the authority's, or waits no more."""

    def __init__(self):
        super().__init__("There is no such change that waits: it may have been confirmed or withdrawn.")


class AnotherPersonNeeded(NotificationError):
    """Who heard of a new address does not confirm it."""

    def __init__(self):
        super().__init__("You wrote this change down: somebody else has to ring a number on file and confirm it.")


class ContactFileRefused(NotificationError):
    """A file of contacts with rows that cannot be read; nothing of it was taken in."""

    def __init__(self, reasons: list[str]):
        self.reasons = reasons
        super().__init__("Nothing was taken in. " + " ".join(reasons))


class NobodyToDrill(NotificationError):
    """A drill goes to other authorities, two hundred at most."""

    def __init__(self):
        super().__init__("Choose at least one authority other than your own, and two hundred at most.")
