import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from cchc_core import scoring, workspace
from cchc_core.errors import StorageClosed, StorageError, StorageFull
from cchc_core.permissions import Role
from cchc_core.store import log, users
from cchc_core.store.engine import write_ahead_log
from cchc_core.store.recovery import mark_path
from tests.store.world import people_of


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    workspace.open_workspace(folder)
    workspace.close_workspace()
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Iterator[Path]:
    """Give a data directory with sample data, as a first start leaves it."""
    folder = tmp_path / "var"
    shutil.copytree(filled, folder)
    yield folder
    workspace.close_workspace()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "var"
    workspace.close_workspace()


def test_the_first_start_opens_sample_data_in_a_database_of_its_own(data: Path) -> None:
    opened = workspace.open_workspace(data)
    assert opened.is_sample
    assert opened.database.path == data / "sample" / "cchc.duckdb"
    assert not (data / "cchc.duckdb").exists()
    assert opened.warnings == ()


def test_without_sample_the_first_start_opens_an_empty_database(empty: Path) -> None:
    opened = workspace.open_workspace(empty, with_sample=False)
    assert not opened.is_sample
    assert scoring.list_departments(opened.database) == ()
    assert len(users.trial_users(opened.database)) == 5


def test_opening_the_same_directory_again_gives_what_is_open(data: Path) -> None:
    first = workspace.open_workspace(data)
    assert workspace.open_workspace(data.parent / "." / "var") is first
    assert workspace.current() is first


def test_threads_that_open_at_once_share_one_workspace(data: Path) -> None:
    opened: list[workspace.Workspace] = []
    threads = [Thread(target=lambda: opened.append(workspace.open_workspace(data))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 8
    assert len({id(one) for one in opened}) == 1


def test_opening_another_directory_closes_the_first(data: Path, tmp_path: Path) -> None:
    first = workspace.open_workspace(data)
    second = workspace.open_workspace(tmp_path / "other", with_sample=False)
    assert workspace.current() is second
    with pytest.raises(StorageClosed), first.database.read():
        pass


def test_a_closed_workspace_is_opened_anew(data: Path) -> None:
    workspace.open_workspace(data).close()
    with pytest.raises(StorageClosed):
        workspace.current()
    assert scoring.list_departments(workspace.open_workspace(data).database)


def test_leaving_the_sample_opens_an_empty_database_and_keeps_the_session(data: Path) -> None:
    sample = workspace.open_workspace(data)
    leader = people_of(sample.database)[Role.LEADER]
    token = users.start_session(sample.database, leader.id)
    own = sample.leave_sample(token)
    assert workspace.current() is own
    assert not own.is_sample
    assert own.database.path == data / "cchc.duckdb"
    assert scoring.list_departments(own.database) == ()
    signed_in = users.user_of(own.database, token)
    assert signed_in is not None
    assert signed_in.role is Role.LEADER
    assert not (data / "sample").exists()
    (aside,) = data.glob("sample-set-aside-*")
    assert (aside / "cchc.duckdb").exists()


def test_after_leaving_the_sample_every_start_opens_the_own_database(data: Path) -> None:
    workspace.open_workspace(data).leave_sample(None)
    workspace.close_workspace()
    again = workspace.open_workspace(data, with_sample=True)
    assert not again.is_sample
    assert again.warnings == ()


def test_leaving_twice_or_with_an_unknown_token_changes_nothing_more(data: Path) -> None:
    sample = workspace.open_workspace(data)
    own = sample.leave_sample("unknown")
    assert users.user_of(own.database, "unknown") is None
    assert sample.leave_sample(None) is own
    assert own.leave_sample(None) is own


def test_when_the_own_database_cannot_be_opened_the_sample_stays_open(data: Path) -> None:
    sample = workspace.open_workspace(data)
    (data / "cchc.duckdb").write_bytes(b"junk" * 5_000)
    with pytest.raises(StorageError):
        sample.leave_sample(None)
    assert workspace.current() is sample
    assert scoring.list_departments(sample.database)


@contextmanager
def _no_file_longer_than(size: int) -> Iterator[None]:
    # Python ignores the signal that would end the process, so writes fail as on a full disk.
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_when_the_disk_is_full_the_sample_stays_and_no_empty_database_is_left(data: Path) -> None:
    sample = workspace.open_workspace(data)
    before = sorted(data.iterdir())
    for size in (0, 1_000, 12_000):
        with _no_file_longer_than(size), pytest.raises(StorageFull):
            sample.leave_sample(None)
        assert workspace.current() is sample
        assert sorted(data.iterdir()) == before
    assert not sample.leave_sample(None).is_sample


def test_an_own_database_that_vanished_is_not_replaced_by_the_sample(empty: Path) -> None:
    own = workspace.open_workspace(empty, with_sample=False)
    lines = _log_end(own)
    own.close()
    own.database.path.unlink()
    write_ahead_log(own.database.path).unlink(missing_ok=True)
    assert mark_path(own.database.path).exists()
    again = workspace.open_workspace(empty, with_sample=True)
    assert not again.is_sample
    (warning,) = again.warnings
    assert f"thiếu {lines} thay đổi" in warning


def test_a_loss_is_warned_of_at_the_next_starts_too(empty: Path) -> None:
    own = workspace.open_workspace(empty, with_sample=False)
    own.close()
    own.database.path.unlink()
    write_ahead_log(own.database.path).unlink(missing_ok=True)
    first = workspace.open_workspace(empty).warnings
    workspace.close_workspace()
    assert workspace.open_workspace(empty).warnings == first
    assert len(first) == 1


def _log_end(opened: workspace.Workspace) -> int:
    with opened.database.read() as connection:
        return log.read_tail(connection).seq
