"""What the rule for 明显偏高 and 明显偏低 can see, and how often it cries wolf: simulated with today's thresholds.

A county's prices of one thing are drawn log-normally around one level; a township is judged against the others. The draw
is seeded, so that the shares are the same on every run.
"""

import csv

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.places import ROOT

DRAWS = 4000
LEVEL = 12_400.0


def thresholds() -> dict[str, float]:
    with (ROOT / "sql" / "thresholds.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: float(row["value"]) for row in csv.DictReader(file)}


def flagged(prices: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which price of each draw is flagged against the others of its draw (rows)."""
    limits = thresholds()
    centre = np.median(others, axis=1)
    mad = np.median(np.abs(others - centre[:, None]), axis=1)
    spread = np.maximum(limits["mad_scale"] * mad, limits["least_spread_share"] * centre)
    score, ratio = (prices - centre) / spread, prices / centre
    high = (score > limits["outlier_score"]) & (ratio >= limits["outlier_ratio"])
    low = (score < -limits["outlier_score"]) & (ratio * limits["outlier_ratio"] <= 1)
    return high | low


def share_flagged(townships: int, noise: float, times: float = 1.0) -> float:
    """Give the share of draws in which a township's price, ``times`` its fair one, is flagged against the others."""
    draw = np.random.default_rng(20261127)
    prices = LEVEL * np.exp(draw.normal(0, noise, (DRAWS, townships)))
    return float(flagged(prices[:, 0] * times, prices[:, 1:]).mean())


@pytest.mark.parametrize("townships", [6, 13, 30])
def test_flat_prices_raise_no_false_alarm_and_half_as_much_again_is_seen(townships: int) -> None:
    assert share_flagged(townships, 0.05) == 0
    assert share_flagged(townships, 0.05, 1.5) > 0.9


@pytest.mark.parametrize("townships", [13, 30])
def test_spread_prices_raise_few_false_alarms_and_only_much_more_is_seen(townships: int) -> None:
    assert share_flagged(townships, 0.15) < 0.03
    assert share_flagged(townships, 0.15, 1.5) < 0.8 < share_flagged(townships, 0.15, 2.5)


def test_with_fewer_others_than_are_asked_for_false_alarms_are_several_times_as_many() -> None:
    least = int(thresholds()["least_peers"])
    assert share_flagged(least, 0.15) > 2 * share_flagged(13, 0.15)
