"""A year has twelve months: the thirteenth makes no day of a number, nor a wrong day of a date."""

import pytest

from transforms.targets.parse import parse_target


@pytest.mark.parametrize(("text", "kind"), [("2023.12", "date"), ("2023.13", "quantity"), ("2023.00", "quantity")])
def test_a_number_with_a_point_is_a_month_only_up_to_twelve(text: str, kind: str) -> None:
    target = parse_target(text)
    assert target.target_kind == kind
    assert "invalid_date" not in target.notes


def test_a_written_thirteenth_month_is_a_date_without_a_day() -> None:
    target = parse_target("2023年13月完成")
    assert (target.target_kind, target.due_date, target.notes) == ("date", None, ("invalid_date",))
