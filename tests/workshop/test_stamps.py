"""Is a step repeated exactly when what it was made from has changed?"""

from workshop.stamps import fingerprint, is_current, set_stamp


def test_a_step_never_done_is_not_current(tmp_path):
    assert not is_current(tmp_path / "stamp", fingerprint([]))


def test_a_step_is_current_until_a_file_changes(tmp_path):
    source, stamp = tmp_path / "requirements.txt", tmp_path / "stamps" / "packages"
    source.write_text("django==5.2.19\n")
    set_stamp(stamp, fingerprint([source]))
    assert is_current(stamp, fingerprint([source]))
    source.write_text("django==5.2.20\n")
    assert not is_current(stamp, fingerprint([source]))


def test_a_removed_file_and_another_text_count_as_a_change(tmp_path):
    source = tmp_path / "a.sql"
    source.write_text("select 1")
    before = fingerprint([source])
    assert fingerprint([source], also="another database") != before
    source.unlink()
    assert fingerprint([source]) != before


def test_content_that_moves_from_one_file_to_the_next_counts_as_a_change(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("ab")
    second.write_text("c")
    before = fingerprint([first, second])
    first.write_text("a")
    second.write_text("bc")
    assert fingerprint([first, second]) != before
