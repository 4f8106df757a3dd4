"""Is any field, column, value, header or order of the service a score, level, rank, band or rating?"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from drf_spectacular.generators import SchemaGenerator

from accounts import policy
from notifications.documents import BODY_FIELDS
from placements.place import jurisdiction
from placements.returns import layout, located
from tests.vocabulary.vocabulary import ORDERS, TABLE, refused_in, refused_names
from web.presenters.notice import LABELS

OURS = {"accounts", "audit", "duties", "geo", "hotspots", "leaving_care", "notifications", "placements"}
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]
EXPORTS = {
    "jurisdiction": jurisdiction.COLUMNS,
    "located episodes": located.COLUMNS,
    **{f"return: {file.name}": file.columns for file in layout.FILES},
}


@pytest.fixture(scope="module")
def schema() -> dict:
    """The description of the API as it is given out."""
    return SchemaGenerator(patterns=None).get_schema(request=None, public=True)


def names_of(described: object) -> Iterator[str]:
    """Every name in the description: of fields, parameters, values, operations and parts."""
    if isinstance(described, dict):
        for key, value in described.items():
            if key == "properties":
                yield from value
            if key in ("name", "operationId", "title", "summary") and isinstance(value, str):
                yield value
            if key in ("enum", "tags", "required") and isinstance(value, list):
                yield from (str(one) for one in value)
            yield from names_of(value)
    elif isinstance(described, list):
        for one in described:
            yield from names_of(one)


def sentences_of(described: object) -> Iterator[str]:
    """Every description in words."""
    if isinstance(described, dict):
        if isinstance(described.get("description"), str):
            yield described["description"]
        for value in described.values():
            yield from sentences_of(value)
    elif isinstance(described, list):
        for one in described:
            yield from sentences_of(one)


def policy_names() -> set[str]:
    """Every field and every operation of the policy."""
    operations = policy.operations()
    return {field for rule in operations.values() for fields in rule.fields.values() for field in fields} | set(
        operations
    )


@pytest.mark.parametrize(
    "name",
    [
        "risk_score",
        "riskLevel",
        "rank",
        "Placement Rankings",
        "band",
        "rag_rating",
        "severity",
        "is_high",
        "RAG",
        "amber",
    ],
)
def test_a_name_that_rates_is_found(name):
    assert refused_names({name}, "anywhere") == {name}


@pytest.mark.parametrize(
    "name", ["highway", "husband", "below", "shared", "storage", "graduate", "operated", "registered"]
)
def test_a_word_that_only_looks_like_one_is_let_be(name):
    assert refused_names({name}, "anywhere") == set()


def test_every_exception_gives_a_reason():
    assert all(len(one["reason"]) > 20 for one in (*TABLE["allowed_names"], *TABLE["allowed_phrases"]))


def test_no_exception_is_idle(schema):
    names = {model._meta.db_table: {field.column for field in model._meta.concrete_fields} for model in MODELS}
    names |= {"api": set(names_of(schema)), "policy": policy_names()}

    assert [
        (one["name"], of) for one in TABLE["allowed_names"] for of in one["of"] if one["name"] not in names[of]
    ] == []


def test_the_api_names_nothing_that_rates(schema):
    names = set(names_of(schema))

    assert len(names) > 200
    assert refused_names(names, "api") == set()


def test_the_api_describes_nothing_that_rates(schema):
    found = {sentence: refused_in(sentence) for sentence in sentences_of(schema)}

    assert {sentence: words for sentence, words in found.items() if words} == {}


def test_the_api_orders_by_days_names_and_references_only(schema):
    asked = {
        value.lstrip("-")
        for path in schema["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", [])
        if parameter["name"] == "ordering"
        for value in parameter["schema"]["enum"]
    }

    assert asked
    assert asked <= ORDERS


def test_the_policy_names_nothing_that_rates():
    assert refused_names(policy_names(), "policy") == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_no_table_keeps_what_rates(model):
    """Columns, and what each may hold: values and their labels."""
    columns = {field.column for field in model._meta.concrete_fields}
    held = {str(part) for field in model._meta.concrete_fields for choice in field.choices or () for part in choice}

    assert refused_names(columns, model._meta.db_table) == set()
    assert refused_names(held, model._meta.db_table) == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_no_table_is_ordered_by_a_figure(model):
    assert set(model._meta.ordering) <= ORDERS


def test_a_notice_tells_nothing_that_rates():
    fields = set().union(*BODY_FIELDS.values())

    assert refused_names(fields, "notices") == set()
    assert [label for label in LABELS.values() if refused_in(str(label))] == []


@pytest.mark.parametrize("export", EXPORTS)
def test_the_headers_of_an_export_rate_nothing(export):
    assert refused_names(set(EXPORTS[export]), export) == set()
