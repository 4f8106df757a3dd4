"""What is a cell of the matrix, and how are many of them tried? One address with one method, asked by one role at one
authority: no answer may hold a word or an id that its reader may not know, and no grant of the policy may fail.
"""

from collections import Counter
from collections.abc import Iterable

from tests.matrix import callers, expected
from tests.matrix.callers import Caller, leaked
from tests.matrix.expected import Answer
from tests.matrix.routes import Route, guarded
from tests.matrix.world import OWN, World

Cell = tuple[Route, Caller]


def cells(everybody: Iterable[Caller], *, of_the_api: bool) -> list[Cell]:
    """Every address of the API, or of the pages, with every caller at its door: systems do not open pages."""
    return [
        (route, caller)
        for route in guarded()
        if route.is_api == of_the_api
        for caller in (*everybody, callers.nobody())
        if route.is_api or not caller.headers
    ]


def try_all(cells: list[Cell], world: World) -> str:
    """Ask in every cell; fails with all that answered otherwise than the policy says. Says how many there were of which."""
    forbidden = {authority: world.forbidden_to(authority) for authority in callers.AUTHORITIES}
    wrong, leaks, seen, counted = [], [], set(), Counter()
    for route, caller in cells:
        response = caller.ask(route, world)
        counted[expected.answer(route, caller)] += 1
        if response.status_code not in expected.statuses(route, caller):
            wrong.append(f"{route} as {caller}: {response.status_code}, not {expected.answer(route, caller).name}")
        if caller.role is not None:
            leaks += leaked(route, caller, response, forbidden[caller.authority], world)
        if caller.authority == OWN:
            told = response.content.decode(errors="replace")
            seen |= {column for word, column in world.words.items() if word in told}

    assert not wrong, "\n".join(wrong)
    assert not leaks, "\n".join(leaks)
    assert len(seen) > 30, "the words that were planted must be there to be leaked"
    sums = ", ".join(f"{counted[answer]} {answer.name.lower().replace('_', ' ')}" for answer in Answer)
    return f"{len(cells)} cells: {sums}"
