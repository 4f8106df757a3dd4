"""Which placements follow from the episodes of one child? Each case by hand."""

import pytest

from duties.models import Duty
from placements.models import CarePeriod, LegalStatus, MissingEpisode, Placement
from tests.placements.returns.written import FAR, NEAR, as_operator, episode, run_import, spans, write

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY, AUGUST = "01/05/2025", "01/06/2025", "01/07/2025", "01/08/2025"

CASES = {
    "a change of status extends the placement": (
        [episode(MAY, end=JUNE), episode(JUNE, "L", ls="C1")],
        [("U6", MAY, "", FAR, False)],
    ),
    "a status change to another address begins one, whatever its code says": (
        [episode(MAY, end=JUNE), episode(JUNE, "L", postcode=NEAR)],
        [("U6", MAY, JUNE, FAR, False), ("U6", JUNE, "", NEAR, False)],
    ),
    "a carer who moves house begins one": (
        [episode(MAY, end=JUNE), episode(JUNE, "T", postcode=NEAR)],
        [("U6", MAY, JUNE, FAR, False), ("U6", JUNE, "", NEAR, False)],
    ),
    "P, B and U begin one, at the same address too": (
        [episode(MAY, end=JUNE), episode(JUNE, "P", end=JULY), episode(JULY, "B", end=AUGUST), episode(AUGUST, "U")],
        [
            ("U6", MAY, JUNE, FAR, False),
            ("U6", JUNE, JULY, FAR, False),
            ("U6", JULY, AUGUST, FAR, False),
            ("U6", AUGUST, "", FAR, False),
        ],
    ),
    "a holiday sits inside the placement to which the child returns": (
        [episode(MAY, end=JUNE), episode(JUNE, "P", "T2", end=JULY, postcode=NEAR), episode(JULY, "P")],
        [("U6", MAY, "", FAR, False)],
    ),
    "a stay in hospital that goes on sits inside the placement": (
        [episode(MAY, end=JUNE), episode(JUNE, "P", "T1", postcode=NEAR)],
        [("U6", MAY, "", FAR, False)],
    ),
    "after a stay in hospital another placement begins at another address": (
        [episode(MAY, end=JUNE), episode(JUNE, "P", "T1", end=JULY), episode(JULY, "P", "K2", postcode=NEAR)],
        [("U6", MAY, JULY, FAR, False), ("K2", JULY, "", NEAR, False)],
    ),
    "a temporary place with nothing around it is a placement": (
        [episode(MAY, "S", "T0", end=JUNE), episode(JUNE, "P")],
        [("T0", MAY, JUNE, FAR, False), ("U6", JUNE, "", FAR, False)],
    ),
    "a temporary place after a gap is a placement": (
        [episode(MAY, end=JUNE, rec="E4A"), episode(JULY, "S", "T3")],
        [("U6", MAY, JUNE, FAR, False), ("T3", JULY, "", FAR, False)],
    ),
    "a placement ends with the last of its episodes": (
        [episode(MAY, end=JUNE), episode(JUNE, "L", end=JULY, rec="E4A")],
        [("U6", MAY, JULY, FAR, False)],
    ),
    "episodes that overlap are both disputed": (
        [episode(MAY, end=JULY), episode(JUNE, "P", postcode=NEAR)],
        [("U6", MAY, JULY, FAR, True), ("U6", JUNE, "", NEAR, True)],
    ),
    "an episode without an end disputes all that follow": (
        [episode(MAY), episode(JUNE, "P", end=JULY, postcode=NEAR), episode(JULY, "P", "K2")],
        [("U6", MAY, "", FAR, True), ("U6", JUNE, JULY, NEAR, True), ("K2", JULY, "", FAR, True)],
    ),
    "a status change within an episode is kept apart and disputed": (
        [episode(MAY, end=JULY), episode(JUNE, "L")],
        [("U6", MAY, JULY, FAR, True), ("U6", JUNE, "", FAR, True)],
    ),
    "the order of the rows in the file does not matter": (
        [episode(JUNE, "L", ls="C1"), episode(MAY, end=JUNE)],
        [("U6", MAY, "", FAR, False)],
    ),
    "an address that is not given is a placement all the same": (
        [episode(MAY, postcode="")],
        [("U6", MAY, "", "", False)],
    ),
}


@pytest.mark.parametrize(("episodes", "expected"), CASES.values(), ids=CASES.keys())
def test_placements_of_one_child(tmp_path, episodes, expected):
    run_import(write(tmp_path / "return", *episodes))

    with as_operator():
        assert spans() == expected


def test_every_episode_leads_to_its_placement(tmp_path):
    rows = [
        episode(MAY, end=JUNE),
        episode(JUNE, "P", "T2", end=JULY),
        episode(JULY, "P"),
        episode(AUGUST, child="1002"),
    ]
    header = ("1001,F,14/11/2012,WBRI,UN1,,", "1002,M,01/01/2014,WBRI,UN1,,")

    run_import(write(tmp_path / "return", *rows, header=header))

    with as_operator():
        kayla, other = Placement.objects.order_by("starts_on")
        assert list(kayla.episodes.order_by("line").values_list("line", flat=True)) == [2, 3, 4]
        assert list(other.episodes.values_list("child", flat=True)) == ["1002"]


def test_nobody_said_whether_it_was_planned(tmp_path):
    run_import(write(tmp_path / "return", episode(MAY)))

    with as_operator():
        assert Placement.objects.get().is_emergency is None


def test_a_disputed_placement_raises_a_duty_of_practice_and_a_settled_one_closes_it(tmp_path):
    run_import(write(tmp_path / "first", episode(MAY, end=JULY), episode(JUNE, "P", postcode=NEAR)))
    with as_operator():
        raised = Duty.objects.filter(kind="disputed_placement", closed_at=None)
        assert {(duty.basis, duty.subject_reference) for duty in raised} == {("practice", "1001")}
        assert {duty.subject_id for duty in raised} == set(Placement.objects.values_list("id", flat=True))

    run_import(write(tmp_path / "corrected", episode(MAY, end=JUNE), episode(JUNE, "P", postcode=NEAR)))

    with as_operator():
        assert spans() == [("U6", MAY, JUNE, FAR, False), ("U6", JUNE, "", NEAR, False)]
        assert set(Duty.objects.values_list("closing", flat=True)) == {"not_owed"}


def test_periods_of_care_join_what_touches_and_part_at_a_gap_or_a_new_start(tmp_path):
    rows = [
        episode(MAY, end=JUNE),
        episode(JUNE, "P", end=JULY, rec="E4A"),
        episode("05/07/2025", "S", end=AUGUST, rec="E8"),
        episode(AUGUST, "S"),
    ]

    run_import(write(tmp_path / "return", *rows))

    with as_operator():
        periods = [
            (f"{one.starts_on:%d/%m/%Y}", f"{one.ends_on:%d/%m/%Y}" if one.ends_on else "", one.end_code)
            for one in CarePeriod.objects.order_by("starts_on")
        ]
    assert periods == [(MAY, JULY, "E4A"), ("05/07/2025", AUGUST, "E8"), (AUGUST, "", "")]


def test_legal_statuses_and_missing_episodes_follow_the_return(tmp_path):
    rows = [episode(MAY, end=JUNE, ls="C1"), episode(JUNE, "P", end=JULY, ls="C1"), episode(JULY, "L", ls="C2")]
    missing = ("1001,14/11/2012,M,03/05/2025,03/05/2025", "1001,14/11/2012,A,04/06/2025,")

    run_import(write(tmp_path / "return", *rows, missing=missing))

    with as_operator():
        statuses = [
            (one.code, str(one.starts_on), str(one.ends_on)) for one in LegalStatus.objects.order_by("starts_on")
        ]
        gone = [
            (one.kind, str(one.starts_on), str(one.ends_on)) for one in MissingEpisode.objects.order_by("starts_on")
        ]
    assert statuses == [("C1", "2025-05-01", "2025-07-01"), ("C2", "2025-07-01", "None")]
    assert gone == [("M", "2025-05-03", "2025-05-03"), ("A", "2025-06-04", "None")]


ODD = {
    "care went on, and nothing follows": (
        [episode(MAY, end=JUNE), episode(JULY, "P")],
        "line 3, DECOM, '01/07/2025': after the end of the episode before, whose REC says that care went on",
    ),
    "an end code without an end": ([episode(MAY, rec="E8")], "line 2, REC, 'E8': DEC is blank: taken as going on"),
    "an end without its code": ([episode(MAY, end=JUNE, rec="")], "line 2, REC, '': blank although DEC is given"),
    "a start after the year": ([episode("02/04/2026")], "line 2, DECOM, '02/04/2026': after the end of the collection"),
    "a start before birth": ([episode("13/11/2012")], "line 2, DECOM, '13/11/2012': before the child was born"),
    "no code of place": ([episode(MAY, place="")], "line 2, PLACE, '': blank"),
    "a postcode nobody knows": (
        [episode(MAY, postcode="WD10 6ZQ"), episode(MAY, child="1002", postcode="wd106zq")],
        "line 2, PL_POST, 'WD10 6ZQ': not in the postcode directory (2 rows)",
    ),
    "a home nobody knows": ([episode(MAY, home="EH14 8EC")], "line 2, HOME_POST, 'EH14 8EC': not in the postcode"),
}


@pytest.mark.parametrize(("episodes", "said"), ODD.values(), ids=ODD.keys())
def test_an_oddity_is_named_and_imported(tmp_path, episodes, said):
    header = ("1001,F,14/11/2012,WBRI,UN1,,", "1002,M,01/01/2014,WBRI,UN1,,")

    report = run_import(write(tmp_path / "return", *episodes, header=header))

    assert f"Episodes.csv, {said}" in report
    with as_operator():
        assert Placement.objects.exists()
