"""Which program is the reader process? `python -I geo/reading LIMITS`, with an empty environment; a file in, rows out."""

import sys
from pathlib import Path

# Started alone (-I), it knows its own folder only: put the project's in its place.
sys.path[0] = str(Path(__file__).parents[2])

from geo.reading.process import main  # noqa: E402

main(sys.argv[1])
