"""Does every address tell every role at every authority what the policy grants, and nothing else?

A cell is one address with one method, asked by one role at one authority. No answer may hold a word or an id that its
reader may not know; no grant of the policy may fail; an answer's fields are the policy's.
"""

import json
from collections import Counter

from accounts import policy
from tests.matrix import callers, expected
from tests.matrix.callers import leaked
from tests.matrix.expected import Answer
from tests.matrix.routes import guarded


def cells(matrix) -> list:
    """Every address with every caller at its door: systems do not open pages."""
    _, everybody = matrix
    return [
        (route, caller)
        for route in guarded()
        for caller in (*everybody, callers.nobody())
        if route.is_api or not caller.headers
    ]


def test_every_cell_answers_as_the_policy_says_and_leaks_nothing(matrix, capsys):
    world, _ = matrix
    wrong, leaks, seen, counted = [], [], set(), Counter()
    all_cells = cells(matrix)
    for route, caller in all_cells:
        response = caller.ask(route, world)
        told = response.content.decode(errors="replace")
        counted[expected.answer(route, caller)] += 1
        seen |= {column for word, column in world.words.items() if word in told}
        if response.status_code not in expected.statuses(route, caller):
            wrong.append(f"{route} as {caller}: {response.status_code}, not {expected.answer(route, caller).name}")
        if caller.role is not None:
            leaks += leaked(route, caller, response, world.forbidden_to(caller.authority), world)

    sums = ", ".join(f"{counted[answer]} {answer.name.lower().replace('_', ' ')}" for answer in Answer)
    with capsys.disabled():
        print(f"\nThe matrix has {len(all_cells)} cells: {sums}")
    assert not wrong, "\n".join(wrong)
    assert not leaks, "\n".join(leaks)
    assert len(seen) > 30, "the words that were planted must be there to be leaked"


def test_the_fields_of_every_answer_are_those_of_the_policy(matrix):
    world, everybody = matrix
    compared = 0
    for route in guarded():
        if not (route.is_api and policy.fields(route.operation, route.view.relation)):
            continue
        caller = next(one for one in everybody if expected.answer(route, one) is Answer.TOLD)
        told = json.loads(caller.ask(route, world).content)
        rows = told["results"] if route.view.is_list and route.method == "GET" else [told]
        for row in rows:
            assert set(row) == set(policy.fields(route.operation, route.view.relation)), str(route)
            compared += 1

    assert compared > 40
