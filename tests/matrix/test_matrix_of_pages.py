"""Does every page tell every role at every authority what the policy grants, and nothing else?"""

from tests.matrix.cells import cells, try_all


def test_every_page_answers_as_the_policy_says_and_leaks_nothing(matrix, capsys):
    world, everybody = matrix

    tried = try_all(cells(everybody, of_the_api=False), world)

    with capsys.disabled():
        print(f"\nThe matrix of the pages has {tried}")
