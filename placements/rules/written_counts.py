"""How is a count written? "1 notice", "3,309 episodes"."""


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun; the plural adds an s unless it is given."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
