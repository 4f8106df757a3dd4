"""What may a role do, with whose rows, and which fields does the answer hold? Reads policy.toml; deny by default."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from accounts.exceptions import NotPermitted
from accounts.roles import Role

POLICY_FILE = Path(__file__).with_name("policy.toml")


class Relation(StrEnum):
    """What an authority is to a row: its owner, or party to a document. To anything else it is neither, and refused."""

    OWN = "own"
    ADDRESSED = "addressed"


@dataclass(frozen=True)
class Operation:
    """One operation: who may do it in which relation, and the fields of its answer.

    One that `is_carried_by_cover` may also be done by whoever covers a person of such a role (accounts.cover); one that
    `is_carried_by_appointment` by whoever holds an appointment to act as the director (accounts.appointments).
    """

    name: str
    what: str
    roles: dict[Relation, frozenset[Role]]
    field_sets: dict[Relation, str]
    fields: dict[Relation, tuple[str, ...]]
    is_carried_by_cover: bool = False
    is_carried_by_appointment: bool = False

    def permits(self, role: Role) -> bool:
        """Whether the role may do it in any relation; which rows then count is a matter of scope."""
        return any(role in roles for roles in self.roles.values())


@cache
def operations() -> dict[str, Operation]:
    """Every operation of the policy by its name. A role or a field set that is not defined stops the process."""
    with open(POLICY_FILE, "rb") as file:
        table = tomllib.load(file)
    return {name: _operation(name, row, table) for name, row in table["operations"].items()}


def fields(operation: str, relation: Relation) -> tuple[str, ...]:
    """The closed set of fields of an operation's answer."""
    return operations()[operation].fields[relation]


def field_set(operation: str, relation: Relation) -> str:
    """The name of an operation's set of fields, as the log-book keeps it; empty where nothing is told."""
    return operations()[operation].field_sets[relation]


def require(operation: str, role: Role) -> None:
    """Refuse with NotPermitted, naming who may, unless the role may do the operation."""
    rule = operations()[operation]
    if not rule.permits(role):
        allowed = set().union(*rule.roles.values())
        raise NotPermitted(operation, ", ".join(sorted(role.label.lower() for role in allowed)))


def _operation(name: str, row: dict, table: dict) -> Operation:
    relations = [relation for relation in Relation if relation in row]
    field_sets = {relation: row[relation].get("fields", "") for relation in relations}
    return Operation(
        name=name,
        what=row["what"],
        roles={relation: _roles(row[relation]["roles"], table["roles"]) for relation in relations},
        field_sets=field_sets,
        fields={relation: tuple(table["fields"][named]) if named else () for relation, named in field_sets.items()},
        is_carried_by_cover=row.get("by_cover", False),
        is_carried_by_appointment=row.get("by_appointment", False),
    )


def _roles(names: list[str], groups: dict[str, list[str]]) -> frozenset[Role]:
    """Role names, with @group standing for its members."""
    found = [member for name in names for member in (groups[name[1:]] if name.startswith("@") else [name])]
    return frozenset(Role(name) for name in found)
