"""What is there to see? One authority's whole register, with a word in every sensitive column that stands nowhere else.

Rotherham owns, Leeds is the host to whom Rotherham writes, Sheffield is neither. Rows are made by the real actions;
then, as the owner of the tables, every free text of Rotherham's rows is set to its column's own word.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.db import connection, connections, models

from accounts import drafts
from accounts.acting import Actor, acting_for, operator
from accounts.models import IdempotencyKey
from accounts.roles import Role
from db import clock
from duties.actions import close_as_met, close_as_not_owed
from duties.models import Duty
from hotspots.models import Agreement, Disclosure, PassingOn, Share
from leaving_care.models import LocalOffer
from notifications import documents
from notifications.models import Attempt, Contact, Delivery, Document, DocumentFact, Endpoint
from placements.actions import care_plans, considered, consultations, endings, missing, missing_answers, withholdings
from placements.actions.concerns import close_concern, raise_concern
from placements.actions.judgements import latest_screening, record_conversation, write_judgement
from placements.missing import Word
from placements.models import Judgement, Placement, ToldBefore
from placements.owed import sweeps
from placements.place.places import Place
from placements.returns.collection_year import CollectionYear
from placements.returns.importing import import_return
from placements.rules.missing import InterviewEnding
from placements.telling.care_plans import CarePlan
from tests import factories
from tests.matrix import (
    absence,
    approving,
    changes,
    closed,
    control,
    leaving,
    letters,
    outside,
    packs,
    post,
    sharing,
    turning,
)

OWN, ADDRESSED, NEITHER = factories.ROTHERHAM, factories.LEEDS, factories.SHEFFIELD
SHOWN_FOR = "zqhotspotsdisclosurepurpose"
CLOSED_LINE = "zqclosedaddressline"
CLOSED_POSTCODE = "DN12 2BB"
BARNSLEY = "E08000016"
OWNER_CONTEXT = "select set_config('app.authority', %s, false), set_config('app.operator', 'on', false)"
RETURN = {
    "Header.csv": (
        "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nRETURNED,F,16/08/2012,WBRI,UN1,,\nBEFORE,M,20/09/2013,WBRI,UN1,,\n"
    ),
    "Episodes.csv": (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        "RETURNED,02/11/2023,S,C1,N1,U6,PR4,01/05/2025,X1,CARPL,S65 1SB,LS1 8ED,SC9910069\n"
        f"RETURNED,01/05/2025,P,C1,N1,A3,PR4,,,,S65 1SB,{CLOSED_POSTCODE},SC9910070\n"
        "BEFORE,02/11/2023,S,C2,N1,U6,PR4,,,,S65 1SB,LS1 8ED,SC9910069\n"
    ),
    "Missing.csv": "CHILD,DOB,MISSING,MIS_START,MIS_END\nRETURNED,16/08/2012,M,22/08/2025,25/08/2025\n",
    "UASC.csv": "CHILD,SEX,DOB,DUC\nRETURNED,F,16/08/2012,16/08/2030\n",
}

# Columns of text that hold a code, a name of ours or a word that the rules read: a canary there would be another fact.
KEPT = {
    "accounts_draft": "all",  # its form is a name of ours; the rest is sealed
    "accounts_idempotencykey": {"request_hash"},
    "audit_logentry": "all",  # never changed; it holds no child's data
    "duties_duty": {"key", "kind", "subject_kind", "role"},
    "duties_dutyevent": set(),
    "hotspots_disclosure": "all",  # its reader writes it: planted where it is made
    "hotspots_preview": {"asked", "of_partners"},  # a digest and a step of ours
    "leaving_care_circumstance": {"kind"},
    "leaving_care_feedkey": {"key_hash"},
    "leaving_care_handoverpart": {"part", "dates"},  # kinds and days
    "leaving_care_returnanswer": {"in_touch", "activity", "accommodation"},
    "notifications_attempt": "all",  # added to and never changed; holds codes only
    "notifications_climb": "all",  # only the worker moves it on; it holds steps and instants
    "notifications_delivery": "all",
    "notifications_rung": "all",  # added to and never changed
    "notifications_document": set(),
    "notifications_guestlink": {"code_hash"},
    "placements_approval": {"items"},  # entries of a fixed shape
    "placements_careperiod": {"end_code"},
    "placements_gatheredevidence": {"code"},
    "placements_hostchoice": {"candidates"},  # names of authorities
    "placements_legalstatus": {"code"},
    "placements_missingepisode": {"kind"},
    "placements_correspondent": {"code"},
    "placements_letter": {"sha256"},
    "placements_letterjob": {"role"},
    "placements_passedon": {"audience", "output"},
    "placements_placement": {"place_code", "provider_code", "legal_status"},
    "placements_verdict": {"state", "relation", "country"},
    "placements_withholding": {"paragraph"},
    "placements_screening": set(),
    "placements_return": {"collection_year", "sha256"},
}

# What other authorities may be told, by the law of documents (decisions, section 1) and the two public statements.
TOLD_TO_ALL = {
    *(f"notifications_contact.{name}" for name in ("email", "telephone", "team", "confirmed_by")),
    "hotspots_coverage.scope",
    *(f"leaving_care_localoffer.{name}" for name in ("title", "words", "address")),
}
# An area is shared with the addressed at geometry level: it is told its reference, its name and what was seen there.
TOLD_TO_THE_ADDRESSED = TOLD_TO_ALL | {
    "notifications_document.reference",
    "notifications_document.body",
    "notifications_document.composed_by",
    "notifications_documentfact.person",
    "notifications_documentfact.post",
    "notifications_documentfact.words",
    "notifications_documentfact.telephone",
    "notifications_documentfact.keyed_by",
    "hotspots_agreement.purpose",
    "hotspots_agreement.basis",
    "hotspots_agreement.reference",
    *(f"hotspots_{name}" for name in ("hotspot.reference", "version.name", "version.concern", "version.kind_of_place")),
    "hotspots_passingon.asked_by",
    "hotspots_passingon.answered_by",
    "hotspots_passingon.words",
}
# Columns of rows that belong to both sides: the database alone hides none of them from the addressed.
OF_BOTH_SIDES = {
    "hotspots_disclosure.purpose",
    "hotspots_agreement.recorded_by",
    "hotspots_agreement.end_recorded_by",
}
# What nobody is shown: the shapes' narrative, what came with a file, keys, and addresses that are closed.
TOLD_TO_NOBODY = {
    "hotspots_version.grading",
    "hotspots_version.received",
    "accounts_idempotencykey.key",
    "accounts_idempotencykey.body",
    "placements_restrictedaddress.sealed",
}


@dataclass
class World:
    """Ids that requests name, the words planted, and the callers."""

    ids: dict[str, UUID] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    own_ids: set[str] = field(default_factory=set)
    document_ids: set[str] = field(default_factory=set)
    shared_ids: set[str] = field(default_factory=set)

    def forbidden_to(self, code: str, *, by_the_database_alone: bool = False) -> dict[str, str]:
        """Words and ids that no answer to this authority may hold, with what each stands for.

        The database alone hides rows, not columns, and cannot tell at which side's door a party to a row asks: the
        row of a document holds the id of its subject, and envelopes and disclosures are their recipient's rows too.
        """
        if code == OWN:
            return {word: column for word, column in self.words.items() if column in TOLD_TO_NOBODY}
        told, ids = TOLD_TO_ALL, self.own_ids
        if code == ADDRESSED:
            told, ids = TOLD_TO_THE_ADDRESSED, ids - self.document_ids
            if by_the_database_alone:
                told, ids = told | OF_BOTH_SIDES, ids - self.shared_ids
        words = {word: column for word, column in self.words.items() if column not in told}
        return words | dict.fromkeys(ids, "the id of a row")


def tenant_models() -> list[type[models.Model]]:
    """Every model whose rows belong to an authority: those with row-level security."""
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity")
        forced = {row[0] for row in cursor.fetchall()}
    return [model for model in apps.get_models() if model._meta.db_table in forced]


def build(folder: Path) -> World:
    """Make the world by the real actions, then plant the words."""
    world = World()
    worker, host = factories.person(OWN), factories.person(ADDRESSED, Role.HOST_OFFICER)
    _directory()
    world.ids |= sharing.build(worker)
    world.versions["hotspot"] = 1
    _return(folder)
    _placements(world, worker)
    _notices(world, host)
    _missing(world, worker, host)
    _judgements(world, worker)
    _asking_and_telling(world, worker, host)
    _remaining(world, worker)
    world.ids |= absence.build(OWN, worker, duty_id=world.ids["duty"])
    world.ids |= approving.build(worker)
    world.ids |= packs.build(OWN)
    world.ids |= letters.build(world.ids, worker)
    world.ids |= outside.build(worker, ADDRESSED, BARNSLEY)
    world.ids |= post.build(worker)
    world.ids |= closed.build(world.ids["closed"])
    world.ids |= turning.build(world.ids, worker)
    world.ids |= control.build(world.ids, worker)
    world.ids |= leaving.build(worker, ADDRESSED, BARNSLEY)
    chosen = changes.build(worker)
    world.ids["chosen"], world.versions["chosen"] = chosen.id, chosen.version
    _plant(world)
    _note_ids(world)
    return world


def _directory() -> None:
    with acting_for(operator(factories.authority(OWN).id), "test") as by:
        Contact.objects.create(
            authority_id=by.authority_id,
            purpose=Contact.Purpose.PLACEMENT_NOTICES,
            email="notices@own.example",
            telephone="0100",
            starts_on=date(2026, 1, 1),
            confirmed_on=date(2026, 1, 1),
            confirmed_by="Priya Nair",
        )
    for code in (OWN, ADDRESSED):
        with acting_for(operator(factories.authority(code).id), "test") as by:
            Endpoint.objects.create(
                authority_id=by.authority_id,
                url=f"https://{code}.example/",
                secret=b"sealed",
                added_at=clock.now(),
                added_by="Operator",
                is_by_operator=True,
                live_from=clock.now(),
            )


def _return(folder: Path) -> None:
    for name, text in RETURN.items():
        (folder / name).write_text(text, encoding="utf-8")
    with acting_for(operator(factories.authority(OWN).id), "test") as by:
        import_return(path=folder, year=CollectionYear.read("2025-26"), by=by, at=clock.now())
    sweeps.screen_pending(by.authority_id, at=clock.now())


def _placements(world: World, worker: Actor) -> None:
    with acting_for(worker, "test"):
        drafts.keep("emergency", {"where": "somewhere"}, by=worker, at=clock.now())
    child = factories.child(worker, born_on=date(2010, 3, 4), looked_after_since=date(2020, 1, 1))
    proposed = factories.placement_at("proposed", worker, of=child)
    started = factories.placement_at("started", worker)
    closed = factories.placement_at(
        "started",
        worker,
        place=Place(line=CLOSED_LINE, postcode=CLOSED_POSTCODE, home_postcode="S65 1SB"),
        is_restricted=True,
    )
    factories.placement_at("withdrawn", worker)
    world.ids |= {
        "authority": worker.authority_id,
        "child": child.id,
        "proposed": proposed.id,
        "started": started.id,
        "closed": closed.id,
        "closed_child": closed.child_id,
    }
    world.versions |= {"proposed": proposed.version, "started": started.version}


def _notices(world: World, host: Actor) -> None:
    with acting_for(host, "test"):
        waiting = Document.objects.get(subject_id=world.ids["proposed"])
        answered = Document.objects.get(subject_id=world.ids["started"])
        documents.open_document(answered.id, actor=host, at=clock.now())
        documents.dispute(answered.id, actor=host, post="Officer", words="No such street", at=clock.now())
        documents.acknowledge(answered.id, actor=host, post="Officer", at=clock.now())
    world.ids |= {"notice": waiting.id, "answered": answered.id}


def _missing(world: World, worker: Actor, host: Actor) -> None:
    """The child in Leeds missing, back, and talked with: three reports. Told to Leeds, which says something."""
    hours = [datetime(2026, 12, 7, hour, 0, tzinfo=UTC) for hour in range(15, 24)]
    with acting_for(worker, "test"):
        child_id = Placement.objects.get(id=world.ids["started"]).child_id
        given = {"child_id": child_id, "last_seen": "The bus station", "by": worker}
        ended = missing.report_missing(**given, missing_since=hours[0], returned_at=hours[1], at=hours[2])
        missing.record_interview(
            report_id=ended.id,
            ending=InterviewEnding.DECLINED,
            interviewed_at=hours[2],
            interviewed_by="Ana Reyes",
            words="She would not",
            by=worker,
            at=hours[2],
        )
        back = missing.report_missing(**given, missing_since=hours[3], returned_at=hours[4], at=hours[5])
        gone = missing.report_missing(**given, missing_since=hours[6], at=hours[6])
        missing.log_police_message(report_id=gone.id, given_at=hours[6], given_to="Operator 7", by=worker, at=hours[7])
        notice = Document.objects.get(subject_id=gone.id)
    with acting_for(host, "test"):
        missing_answers.answer(document_id=notice.id, word=Word.SEEN, post="Officer", by=host, at=hours[8])
    world.ids |= {"missing": gone.id, "back": back.id, "talked": ended.id, "missing_notice": notice.id}


def _judgements(world: World, worker: Actor) -> None:
    """What is thought of two places, one of them talked through, and a concern that closed beside one that is open."""
    supervisor = factories.person(OWN, Role.SUPERVISOR, name="Ruth Adeyemi")
    waiting, talked = (_judgement(world.ids[name], worker) for name in ("proposed", "started"))
    with acting_for(supervisor, "test"):
        record_conversation(held_at=clock.now(), words={talked.id: "Agreed"}, by=supervisor, at=clock.now())
    assessed = {"words": "Collected by car", "not_known": "By whom", "assessed_on": date(2026, 12, 1)}
    with acting_for(worker, "test"):
        concern, past = (
            raise_concern(child_id=world.ids["child"], **assessed, by=worker, at=clock.now()) for _ in range(2)
        )
        close_concern(
            concern_id=past.id,
            reason="Over",
            supervisor_id=supervisor.person_id,
            look_again_on=date(2027, 3, 1),
            by=worker,
            at=clock.now(),
        )
    world.ids |= {
        "judgement": waiting.id,
        "screening": waiting.screening_id,
        "concern": concern.id,
        "supervisor": supervisor.person_id,
    }


def _judgement(placement_id: UUID, worker: Actor) -> Judgement:
    with acting_for(worker, "test"):
        return write_judgement(
            placement_id=placement_id,
            screening_id=latest_screening(Placement(id=placement_id)).id,
            supersedes_id=None,
            known_and_not_known="Little",
            thinks_and_why="No worry",
            look_again_on=date(2027, 1, 13),
            agreement=Judgement.Agreement.WORRIED,
            asked_whom="The host",
            asked_on=date(2026, 12, 1),
            they_said="Nothing known",
            by=worker,
            at=clock.now(),
        )


def _asking_and_telling(world: World, worker: Actor, host: Actor) -> None:
    """A question with its care plan and answer, a call, a planned ending, a decision about whom to tell."""
    at = clock.now()
    done = {"by": worker, "at": at}
    with acting_for(worker, "test"):
        question = consultations.ask_host(
            placement_id=world.ids["proposed"], question="What is known?", care_plan=CarePlan("1", at, "Post"), **done
        )
        consultations.record_telephone_try(
            placement_id=world.ids["proposed"], rung="Duty desk", rung_at=at, words="No reply", **done
        )
        considered.record_place_tried(
            placement_id=world.ids["proposed"], place="Carers in town", why_not="No bed", **done
        )
        care_plans.record_version(child_id=world.ids["child"], version="1", became_on=date(2026, 11, 1), **done)
        endings.record_ending(
            placement_id=world.ids["started"],
            how="by_us",
            planned_on=date(2027, 2, 1),
            why_not_before="Nobody knew",
            decided_by="A manager",
            decided_on=date(2026, 11, 30),
            **done,
        )
        ended, withheld = (
            withholdings.withhold(
                placement_id=world.ids["proposed"],
                paragraph="b",
                person=person,
                what="notice",
                reason="Harm",
                decided_by="A manager",
                decided_on=date(2026, 11, 30),
                look_again_on=date(2027, 5, 31),
                **done,
            )
            for person in ("A parent", "Another parent")
        )
        withholdings.end_withholding(withholding_id=ended.id, because="It may be told", **done)
    with acting_for(host, "test"):
        consultations.answer(question_id=question.id, boxes={"place": "Known to us"}, by=host, at=at)
    world.ids |= {"question": question.id, "withholding": withheld.id}


def _remaining(world: World, worker: Actor) -> None:
    """Rows that only a worker, a race or another year would make."""
    with acting_for(worker, "test"):
        delivery = Delivery.objects.filter(sender_id=worker.authority_id).first()
        ToldBefore.objects.create(
            authority_id=worker.authority_id,
            placement_id=world.ids["started"],
            told_on=date(2026, 1, 1),
            evidence="A letter",
            stated_at=clock.now(),
            stated_by=worker.name,
        )
        duty = Duty.objects.filter(subject_id=world.ids["proposed"], closed_at=None).first()
        done, not_owed = Duty.objects.filter(subject_id=world.ids["started"], closed_at=None)[:2]
        close_as_met(done.id, evidence="A letter", by=worker.name, at=clock.now())
        close_as_not_owed(not_owed.id, reason="Nothing owed", by=worker.name, at=clock.now())
        world.ids["duty"] = duty.id
        world.ids["before"] = Placement.objects.get(child__reference="BEFORE").id
        world.ids["started_child"] = Placement.objects.get(id=world.ids["started"]).child_id
        IdempotencyKey.objects.create(
            authority_id=worker.authority_id,
            caller=worker.person_id,
            key="a key",
            request_hash="",
            status=201,
            body={"told": "something"},
            created_at=clock.now(),
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute(OWNER_CONTEXT, [str(worker.authority_id)])
    Attempt.objects.using("owner").create(
        sender_id=delivery.sender_id,
        recipient_id=delivery.recipient_id,
        delivery_id=delivery.id,
        number=1,
        started_at=clock.now(),
        ended_at=clock.now(),
        outcome=Attempt.Outcome.TIMED_OUT,
    )
    with acting_for(operator(factories.authority(ADDRESSED).id), "test") as reader:
        Disclosure.objects.create(
            sender_id=worker.authority_id,
            recipient_id=reader.authority_id,
            versions=[],
            level=Share.Level.GEOMETRY,
            purpose=SHOWN_FOR,
            at=clock.now(),
        )


@dataclass(frozen=True)
class _Column:
    table: str
    name: str
    side: str
    is_json: bool

    @property
    def word(self) -> str:
        return "zq" + f"{self.table}{self.name}".replace("_", "")

    @property
    def key(self) -> str:
        return f"{self.table}.{self.name}"

    @property
    def key_within(self) -> str:
        """Under which key of a JSON object the word stands: a document's fields are a closed list."""
        return "family_name" if self.table == "notifications_document" else "canary"


def _plant(world: World) -> None:
    """As the owner of the tables, within Rotherham's context: its word into every free text of Rotherham's rows."""
    owner = factories.authority(OWN).id
    with connections["owner"].cursor() as cursor:
        cursor.execute(OWNER_CONTEXT, [str(owner)])
        for column in _columns():
            values = [*[column.word] * (1 + column.is_json), owner]
            cursor.execute(_statement(column, only_where_said=not column.is_json), values)
            if not cursor.rowcount:
                cursor.execute(_statement(column, only_where_said=False), values)
            assert cursor.rowcount, f"no row of Rotherham's in {column.table}"
            world.words[column.word] = column.key
        # A reference that is known by its beginning stays what it was.
        cursor.execute(
            "update placements_child set reference = 'PROVISIONAL-ZQ2345' where id = %s", [world.ids["provisional"]]
        )
    closed = "placements_restrictedaddress.sealed"
    world.words |= {CLOSED_LINE: closed, CLOSED_POSTCODE: closed, SHOWN_FOR: "hotspots_disclosure.purpose"}


def _columns() -> Iterator[_Column]:
    for model in tenant_models():
        table = model._meta.db_table
        kept = KEPT.get(table, set())
        if kept == "all":
            continue
        side = "sender_id" if any(one.column == "sender_id" for one in model._meta.concrete_fields) else "authority_id"
        for column in model._meta.concrete_fields:
            is_json = isinstance(column, models.JSONField)
            is_text = isinstance(column, models.TextField | models.CharField) and not column.choices
            if (is_text or is_json) and column.column not in kept:
                yield _Column(table, column.column, side, is_json)


def _statement(column: _Column, *, only_where_said: bool) -> str:
    """Texts become the word, with the row's place where they must differ; objects get a key, lists an entry."""
    name = f'"{column.name}"'
    value = "%s || ' ' || ctid::text"
    if column.is_json:
        value = (
            f"case jsonb_typeof({name}) when 'object' then {name} || jsonb_build_object('{column.key_within}', %s::text)"
            f" when 'array' then {name} || to_jsonb(%s::text) else {name} end"
        )
    said = f" and {name} <> ''" if only_where_said else ""
    return f"update {column.table} set {name} = {value} where {column.side} = %s{said}"  # noqa: S608


def _note_ids(world: World) -> None:
    """Every id of Rotherham's rows; those of documents apart, which their reader may know."""
    owner = factories.authority(OWN).id
    with acting_for(operator(owner), "test"):
        for model in tenant_models():
            names = {column.name for column in model._meta.concrete_fields}
            # The directory and what is offered to care leavers are read by all, each entry with its id.
            if isinstance(model._meta.pk, models.UUIDField) and model not in (Contact, LocalOffer):
                rows = model.objects.filter(**{"sender" if "sender" in names else "authority": owner})
                found = {str(key) for key in rows.values_list("pk", flat=True)}
                world.own_ids |= found
                if model in (Document, DocumentFact, Agreement, PassingOn):
                    world.document_ids |= found
                if model in (Attempt, Delivery, Disclosure):
                    world.shared_ids |= found
        world.shared_ids |= {str(key) for key in Document.objects.values_list("subject_id", flat=True)}
