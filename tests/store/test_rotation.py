"""Seven days, four weeks, twelve months and three before a migration stay; nothing else of ours does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rls_workup.store.rotation import moment_of, name_for, outlived

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
moments = st.integers(0, 60_000).map(lambda hours: NOW - timedelta(hours=hours))


def test_two_years_of_daily_backups_leave_the_right_ones() -> None:
    names = [name_for(NOW - timedelta(days=day), "day") for day in range(730)]
    kept = sorted(set(names) - set(outlived(names)), reverse=True)
    days = [(NOW - at).days for name in kept if (at := moment_of(name)) is not None]
    assert days[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert 17 <= len(kept) <= 23
    assert 330 <= max(days) + 30 < 366  # the last day of the eleventh month before this one


def test_before_a_migration_the_last_three_stay() -> None:
    names = [name_for(NOW - timedelta(days=day), "migration") for day in range(5)]
    assert outlived(names) == sorted(names[3:])


def test_of_one_day_the_newest_stays() -> None:
    names = [name_for(NOW - timedelta(hours=hour), "day") for hour in (0, 3, 9)]
    assert outlived(names) == sorted(names[1:])


def test_a_file_of_another_name_always_stays() -> None:
    assert (
        outlived(["workups-2020.rlsbackup", "mine.rlsbackup", "workups-20201399T990000Z-day.rlsbackup"]) == []
    )


@given(st.lists(moments, max_size=60))
def test_the_newest_is_never_thrown_away_and_a_second_look_throws_no_more(
    given_moments: list[datetime],
) -> None:
    names = sorted({name_for(at, "day") for at in given_moments})
    gone = outlived(names)
    kept = [name for name in names if name not in gone]
    assert (not names) or names[-1] in kept
    assert outlived(kept) == []
    assert len(kept) <= 23
