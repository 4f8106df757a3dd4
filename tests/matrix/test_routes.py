"""Is every address in the policy, and every operation of the policy at an address?"""

import tomllib
from pathlib import Path

import pytest

from accounts import policy
from accounts.policy import Relation, operations
from api.closed import Answer
from tests.matrix import asks
from tests.matrix.routes import guarded, routes

OPEN = tomllib.loads(Path(__file__).with_name("open_routes.toml").read_text(encoding="utf-8"))


def test_every_address_names_an_operation_or_says_why_it_needs_none():
    without = {route.path for route in routes() if route.operation is None}

    assert without == set(OPEN)


def test_every_operation_named_is_in_the_policy_and_every_one_in_the_policy_is_named():
    assert {route.operation for route in guarded()} == set(operations())


def test_the_matrix_knows_how_to_ask_each_address():
    assert {str(route) for route in guarded()} == set(asks.ASKS)


@pytest.mark.parametrize("route", [route for route in guarded() if route.is_api], ids=str)
def test_what_an_address_tells_is_the_field_set_of_its_operation(route):
    names = policy.fields(route.operation, route.view.relation)
    if not names:
        assert route.view.answer_class is None
        return

    assert issubclass(route.view.answer_class, Answer)
    assert set(route.view.answer_class(names=names).fields) == set(names)


@pytest.mark.parametrize("route", [route for route in guarded() if route.is_api], ids=str)
def test_no_answer_declares_a_field_that_no_operation_tells(route):
    if route.view.answer_class is None:
        return
    told = {
        name
        for other in guarded()
        if other.is_api and other.view.answer_class is route.view.answer_class
        for name in policy.fields(other.operation, other.view.relation)
    }

    assert set(route.view.answer_class._declared_fields) == told


@pytest.mark.parametrize("route", [route for route in guarded() if route.is_api and route.method == "POST"], ids=str)
def test_every_request_that_changes_something_runs_once(route):
    assert route.view.is_question or route.view.post.runs_once


@pytest.mark.parametrize("route", [route for route in guarded() if route.is_api], ids=str)
def test_whatever_tells_rows_of_an_authority_is_logged(route):
    assert (
        route.view.subject_kind
        or route.view.scope == "public"
        or route.operation in {"health.read", "jurisdiction.ask", "schema.read", "validity.read"}
    )


def test_every_role_of_an_operation_has_a_relation():
    assert all(set(rule.roles) <= set(Relation) and rule.roles for rule in operations().values())
