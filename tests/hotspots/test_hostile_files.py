"""Does every file that somebody might send to do harm get its one answer, soon, and without harm?

The corpus is in tests/hotspots/hostile/. The reader gets two seconds of processor and 512 MiB for each, so that a file
that takes more has another answer than its own. What the reader can reach meanwhile: tests/geo/reading/test_guards.py.
"""

import re
from dataclasses import replace
from itertools import chain

import pytest

from db import clock
from geo.reading.reader import AREAS, MEBIBYTE
from hotspots.exceptions import FileRefused
from hotspots.files.importing import import_file
from hotspots.models import Hotspot
from tests.hotspots.hostile import archives, geopackages, json_files, kml_files, shapefiles
from tests.hotspots.world import ROTHERHAM, acting, authority

TWO_SECONDS = replace(AREAS, cpu_seconds=2, memory_bytes=512 * MEBIBYTE)
MODULES = (json_files, kml_files, archives, shapefiles, geopackages)
CASES = list(chain.from_iterable(module.FILES.items() for module in MODULES))
NAMES = [f"{module.__name__.rsplit('.', 1)[-1]}: {name}" for module in MODULES for name in module.FILES]


def test_there_are_at_least_eighty_of_them():
    assert len(CASES) >= 80
    assert len(set(NAMES)) == len(CASES)


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", [case for _, case in CASES], ids=NAMES)
def test_a_hostile_file_is_refused_with_its_code_and_changes_nothing(case):
    make, code, words = case
    content = make()
    with acting(ROTHERHAM) as by, pytest.raises(FileRefused) as told:
        import_file(content, owner=authority(ROTHERHAM), limits=TWO_SECONDS, by=by, at=clock.now())
    assert re.fullmatch(code, told.value.reason)
    assert re.search(words, str(told.value))
    with acting(ROTHERHAM):
        assert not Hotspot.objects.exists()
