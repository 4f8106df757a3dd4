"""Does every address of the API tell every role at every authority what the policy grants, and nothing else?

An answer's fields are the policy's.
"""

import json

from accounts import policy
from tests.matrix import expected
from tests.matrix.cells import cells, try_all
from tests.matrix.expected import Answer
from tests.matrix.routes import guarded


def test_every_address_of_the_api_answers_as_the_policy_says_and_leaks_nothing(matrix, capsys):
    world, everybody = matrix

    tried = try_all(cells(everybody, of_the_api=True), world)

    with capsys.disabled():
        print(f"\nThe matrix of the API has {tried}")


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
