"""Do the sentences say what is told, in the words of the stories, and nothing that comforts?"""

import re
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.models import Condition
from hotspots.overlay.sentences import AuthorityAnswer, sentences, stored
from hotspots.sharing.coverage import Said, State
from hotspots.sharing.levels import Area, Level, told

VERSION = UUID(int=7)
NEVER = re.compile(
    r"\b(safe\w*|clear\w*|no risk|low|medium|high|score\w*|risk\w*|rank\w*|grade\w*|severity)\b", re.IGNORECASE
)


def answer(state, *areas, name="Brackwater", said=None, within_metres=1_000, contact="", is_own=False):
    return AuthorityAnswer(
        authority_id=UUID(int=1),
        name=name,
        is_own=is_own,
        state=state,
        areas=areas,
        said=said,
        within_metres=within_metres,
        contact=contact,
        on=date(2027, 4, 9),
    )


def canal_street(level, **facts):
    whole = Area(
        VERSION,
        level,
        **{
            "is_stale": False,
            "concern": "collected by car, evenings",
            "last_supported_on": date(2027, 3, 1),
            "review_on": date(2027, 7, 9),
            "has_conditions": True,
            "condition_kinds": ["not_to_carers_or_providers"],
            "within_metres": 1_000,
            "reference": "A1",
            "name": "Canal Street",
            "metres": 640.0,
            "is_inside": False,
        }
        | facts,
    )
    return told(whole)


def statement(shares=True, looked=date(2027, 4, 9), review=None):
    return Said(shares, "", looked, review, said_on=date(2026, 12, 1))


def test_at_proximity_the_reader_reads_the_sentence_of_the_story():
    one = answer(State.NEAR, canal_street(Level.PROXIMITY), contact="01632 960202")
    assert sentences(one) == [
        "An area of concern shared by Brackwater lies within 1,000 metres of this address. Collected by car, evenings. "
        "Last supported March 2027; review 9 July 2027. Not to be passed to carers or providers without agreement. "
        "Ring 01632 960202."
    ]


def test_at_contact_the_reader_reads_whom_to_ring_and_nothing_else():
    one = answer(State.NEAR, canal_street(Level.CONTACT), canal_street(Level.CONTACT), contact="01632 960202")
    assert sentences(one) == ["Ring Brackwater's exploitation lead, 01632 960202."]


def test_without_a_number_the_reader_still_learns_whom_to_ask():
    assert sentences(answer(State.NEAR, canal_street(Level.CONTACT))) == ["Ask Brackwater's exploitation lead."]
    assert sentences(answer(State.NEAR, canal_street(Level.CONTACT), contact="lead@brackwater.example")) == [
        "Write to Brackwater's exploitation lead, lead@brackwater.example."
    ]


def test_at_geometry_the_reader_reads_name_and_metres_and_of_ones_own_whether_it_is_inside():
    (geometry,) = sentences(answer(State.NEAR, canal_street(Level.GEOMETRY), contact="01632 960202"))
    assert geometry.startswith(
        "The area of concern “Canal Street” shared by Brackwater lies 640 metres from this address. "
    )
    (own,) = sentences(answer(State.NEAR, canal_street(Level.OWN, metres=0.0, is_inside=True), is_own=True))
    assert own.startswith("This address lies inside the area of concern “Canal Street” of our own. Collected by car")
    assert "Ring" not in own


def test_the_last_half_metre_is_not_told_as_none():
    (sentence,) = sentences(answer(State.NEAR, canal_street(Level.GEOMETRY, metres=0.4)))
    assert "lies 1 metre from" in sentence


def test_an_area_past_its_review_date_is_shown_as_old_news():
    (sentence,) = sentences(answer(State.STALE, canal_street(Level.PROXIMITY, is_stale=True)))
    assert "Last supported March 2027; its review date, 9 July 2027, has passed: that is old news, not good news." in (
        sentence
    )


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            answer(State.NOTHING_NEAR, said=statement()),
            "Brackwater shares; nothing within 1,000 metres; it last looked on 9 April 2027. "
            "This says nothing about the place itself.",
        ),
        (
            answer(State.NOTHING_NEAR, within_metres=None),
            "Brackwater shares; nothing near this address. This says nothing about the place itself.",
        ),
        (
            answer(State.SHARES_NOTHING, name="Dunmere", within_metres=None),
            "Dunmere has told us nothing. This says nothing about the place itself.",
        ),
        (
            answer(State.SHARES_NOTHING, name="Ashford-on-Grid", said=statement(shares=False), within_metres=None),
            "Ashford-on-Grid shares nothing yet, said 1 December 2026. This says nothing about the place itself.",
        ),
        (
            answer(State.SHARES_NOTHING, said=statement(), within_metres=None),
            "Brackwater shares nothing with you. This says nothing about the place itself.",
        ),
        (
            answer(State.SHARES_NOTHING, is_own=True, within_metres=None),
            "We share no area of concern of our own. This says nothing about the place itself.",
        ),
        (
            answer(State.STALE, name="Carrowby", said=statement(review=date(2026, 9, 1))),
            "Carrowby shares, but its information is past its review date of 1 September 2026. "
            "Nothing that it shared lies within 1,000 metres; that is old news, not good news.",
        ),
        (
            answer(State.STALE, said=statement(), is_own=True),
            "We share areas of our own, but all of it is past its review date. "
            "Nothing that we shared lies within 1,000 metres; that is old news, not good news.",
        ),
        (
            answer(State.STALE, name="Carrowby", said=statement()),
            "Carrowby shares, but all of it is past its review date. "
            "Nothing that it shared lies within 1,000 metres; that is old news, not good news.",
        ),
    ],
)
def test_silence_is_named_for_what_it_is(one, sentence):
    assert sentences(one) == [sentence]


def test_each_condition_is_read_in_its_own_words_and_words_alone_bind_everything():
    two = canal_street(Level.PROXIMITY, condition_kinds=["not_in_writing", "not_to_child_or_family"])
    (sentence,) = sentences(answer(State.NEAR, two))
    assert "Not to be passed to the child or family without agreement. Not to be put into a letter" in sentence
    assert "carers" not in sentence
    (sentence,) = sentences(answer(State.NEAR, canal_street(Level.PROXIMITY, condition_kinds=[])))
    assert "Not to be passed to anybody without agreement." in sentence


areas = st.builds(
    canal_street,
    st.sampled_from(Level),
    is_stale=st.booleans(),
    has_conditions=st.booleans(),
    condition_kinds=st.lists(st.sampled_from(Condition.values), unique=True),
    concern=st.sampled_from(["", "drug_supply", "collected by car."]),
    last_supported_on=st.none() | st.just(date(2027, 3, 1)),
    review_on=st.none() | st.just(date(2027, 7, 9)),
)
answers = st.builds(
    answer,
    st.sampled_from(State),
    areas,
    said=st.none() | st.builds(statement, st.booleans(), review=st.none() | st.just(date(2026, 9, 1))),
    within_metres=st.none() | st.just(1_000),
    contact=st.sampled_from(["", "01632 960202", "lead@brackwater.example"]),
    is_own=st.booleans(),
)


@given(answers | st.builds(answer, st.sampled_from(State), said=st.none() | st.builds(statement, st.booleans())))
def test_no_sentence_comforts_ranks_or_counts_and_every_answer_has_one(one):
    said = sentences(one)
    assert said
    assert not any(NEVER.search(sentence) for sentence in said)
    assert all(sentence.endswith((".", "example.")) and sentence[0].isupper() for sentence in said)


def test_a_screening_keeps_the_facts_that_the_level_tells_and_the_words_as_read():
    kept = stored(answer(State.NEAR, canal_street(Level.CONTACT), said=statement(), contact="01632 960202"))
    assert kept["state"] == "near"
    assert kept["areas"] == [{"version_id": str(VERSION), "level": "contact", "is_stale": False}]
    assert kept["sentences"] == ["Ring Brackwater's exploitation lead, 01632 960202."]
    assert kept["said"]["last_looked_on"] == "2027-04-09"
