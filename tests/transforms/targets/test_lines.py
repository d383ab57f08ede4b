import json

from pipelines.commands.parse import parse_lines


def test_each_line_gives_the_fields_of_the_contract() -> None:
    found = list(parse_lines(["≤0.75万元/村\n", "年底前\r\n", "优\n", "\n", "1.5公里"], year=2023))
    assert [list(row) for row in found] == [
        ["raw", "target_kind", "comparator", "value_low", "value_high", "unit", "due_date", "grade", "notes"]
    ] * 5
    assert found[0] == {
        "raw": "≤0.75万元/村",
        "target_kind": "money",
        "comparator": "<=",
        "value_low": None,
        "value_high": 7500,
        "unit": "元/村",
        "due_date": None,
        "grade": None,
        "notes": [],
    }
    assert (found[1]["due_date"], found[2]["grade"], found[3]["target_kind"]) == ("2023-12-31", "优", None)
    assert json.dumps([row["value_low"] for row in found]) == "[null, null, null, null, 1.5]"


def test_whole_numbers_stay_whole() -> None:
    row = next(parse_lines(["12.00次"]))
    assert json.dumps(row["value_low"]) == "12"
