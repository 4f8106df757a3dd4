"""A withheld address or person occurs in no byte: not in a letter, a job, a zip, a file name, a title or the log-book."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from audit.models import LogEntry
from placements.actions.placements import propose
from placements.letters import correspondents, prepare, printing
from placements.letters.left_out import plain
from placements.place.places import Place
from tests.factories import NOON, acting, child, person
from tests.placements.letters import pdf
from tests.placements.letters.world import FATHER, decided_as_in_the_story, listed

pytestmark = pytest.mark.django_db
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzéü'- "
WORDS = some.text(LETTERS, min_size=4, max_size=12).filter(lambda one: len(plain(one)) >= 4)
HOUSES = some.builds("Zq{} Cottage, 4 Vx{} Lane".format, WORDS, WORDS)


def written(hari, house: str, postcode: str):
    """The letters of a list with a father who is withheld, a mother and a grandmother who are not told where."""
    with acting(hari):
        plan = propose(
            child_id=child(hari).id,
            planned_start_on=date(2026, 12, 7),
            place=Place(line=house, postcode=postcode, home_postcode="S65 1SB"),
            place_code="U6",
            provider_code="PR4",
            by=hari,
            at=NOON,
        )
    decided_as_in_the_story(plan, hari)
    people = listed(plan, hari)
    with acting(hari):
        mother = people["parents"]
        for decision in correspondents.decisions_of(plan, "parents"):
            if correspondents.said(mother, decision) is None:
                arguments = {"correspondent_id": mother.id, "withholding_id": decision.id, "is_the_one": False}
                correspondents.say_about(**arguments, by=hari, at=NOON)
        return prepare.prepare(
            placement_id=plan.id,
            about="placement",
            correspondent_ids=[people[code].id for code in ("parents", "contact_in_care", "school")],
            by=hari,
            at=NOON,
        )


def said(content: bytes) -> str:
    """All that the bytes hold, packed or not, drawn or in a table, as it is compared."""
    return plain(pdf.everything(content).decode("latin-1")) + plain(pdf.text(content))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(house=HOUSES, postcode=some.sampled_from(["LS1 8ED", "S1 1AA"]))
def test_no_byte_for_who_is_not_told_the_address_holds_it_and_the_reader_who_is_told_finds_it(db, house, postcode):
    hari = person(name="Hari Lal")
    mother, grandmother, school = written(hari, house, postcode)

    for letter in (mother, grandmother):
        held = said(bytes(letter.content)) + plain(letter.html) + plain(str(letter))
        for left_out in (*house.split(","), postcode, FATHER):
            assert plain(left_out) not in held
    # The search can fail: the school is told the address, and there it is found.
    assert plain(postcode) in said(bytes(school.content))
    assert plain(FATHER) not in said(bytes(school.content))


def test_the_job_the_zip_and_the_names_of_files_hold_no_more_than_the_letters(db):
    hari = person(name="Hari Lal")
    letters = written(hari, "Quince Cottage", "LS1 8ED")[:2]

    job = printing.job([one.html for one in letters])
    packed = printing.files(
        [(one.reference, one.correspondent.name, "a@b.example", bytes(one.content)) for one in letters]
    )

    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
        inside = "".join(said(archive.read(name)) + plain(archive.read(name).decode("latin-1")) for name in names)
    assert names == [f"{one.reference}.pdf" for one in letters] + ["list.csv"]
    for left_out in ("Quince", "LS1 8ED", FATHER):
        assert plain(left_out) not in said(job) + inside
    assert plain("Ros Tolland") in said(job)


def test_the_log_book_holds_ids_and_no_name_or_address(db):
    hari = person(name="Hari Lal")
    written(hari, "Quince Cottage", "LS1 8ED")

    with acting(hari):
        lines = json.dumps(list(LogEntry.objects.values()), cls=DjangoJSONEncoder, default=str)
    for left_out in ("Quince", "LS1 8ED", FATHER, "Ros Tolland"):
        assert left_out not in lines


def test_a_job_is_the_letters_one_after_the_other(db):
    hari = person(name="Hari Lal")
    letters = written(hari, "Quince Cottage", "LS1 8ED")

    said_together = pdf.text(printing.job([one.html for one in letters]))

    assert all(one.reference in said_together for one in letters)
