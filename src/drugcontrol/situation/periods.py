"""Periods of a series: whether one follows another, and how they are named."""

from datetime import timedelta

from drugcontrol.situation.model import Period
from drugcontrol.situation.rows import Frequency

_NEXT_DAY = timedelta(days=1)


def follows(frequency: Frequency, before: Period, after: Period) -> bool:
    """Say whether no period of the series lies between two.

    Sums of 12 months overlap; they follow each other when their last months do. Of periods without a rhythm none
    follows another.
    """
    next_day = before.last + _NEXT_DAY
    match frequency:
        case "12-months":
            return (after.last.year, after.last.month) == (next_day.year, next_day.month)
        case "other":
            return False
        case _:
            return after.first <= next_day


def period_label(frequency: Frequency, period: Period) -> str:
    """Name a period in signs that every language reads: ``2023-03``, ``2023 Q1``, ``FY2023``."""
    first, last = period.first, period.last
    month = f"{last:%Y-%m}"
    match frequency:
        case "month":
            return month
        case "12-months":
            return f"{first:%Y-%m}..{month}"
        case "quarter":
            return f"{last:%Y} Q{(last.month + 2) // 3}"
        case "half-year":
            return f"{last:%Y} H{1 if last.month <= 6 else 2}"
        case "year" if (last.month, last.day) == (12, 31):
            return f"{last:%Y}"
        case "fiscal-year" if last.month == 9:
            return f"FY{last:%Y}"
        case "fiscal-year":
            return f"FY{first.year + 1} ({first:%Y-%m}..{month})"
        case _:
            return f"{first:%Y-%m}..{month}"
