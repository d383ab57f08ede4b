from dataclasses import replace

from tests.transforms.grids import document, grid
from transforms.filings import transform
from transforms.records import FilingRecords

LEFT = [
    "序号|项目名称|预算数（元）|一级指标|二级指标|三级指标",
    "1|道路维修|300,000|产出指标|数量指标|修路里程",
    "2|道路维修|300,000|产出指标|质量指标|合格率",
    "3|环境整治|200,000|产出指标|数量指标|清运次数",
]
RIGHT = ["序号|指标值|单位", "1|≥5|公里", "2|≥95|%", "3|≥50|次"]


def read(left: list[str], right: list[str], *between: str) -> FilingRecords:
    return transform(document("石桥镇2024年", left, *between, right, file_name="石桥镇2024.docx"))


def test_the_halves_of_a_sheet_printed_over_two_pages_are_read_together() -> None:
    found = read(LEFT, RIGHT, "第2页")
    assert [(one.indicator_raw, one.target.raw, one.project_no) for one in found.indicators] == [
        ("修路里程", "≥5公里", 1),
        ("合格率", "≥95%", 1),
        ("清运次数", "≥50次", 2),
    ]
    assert (found.unread_cells, found.doubts) == ((), ())
    used = {(one.table_no, one.row_no, one.col_no): one.use for one in found.used_cells}
    assert (used[2, 2, 2], used[2, 2, 3], used[1, 2, 6]) == ("value", "unit", "name")
    assert (found.indicators[0].place.table_no, found.indicators[0].place.row_no) == (2, 2)


def test_halves_without_numbers_are_joined_with_a_doubt() -> None:
    bare = [[row.partition("|")[2] for row in half] for half in (LEFT, RIGHT)]
    found = read(*bare)
    assert [one.target.raw for one in found.indicators] == ["≥5公里", "≥95%", "≥50次"]
    assert [(d.reason, d.indicator_no, d.col_no) for d in found.doubts if d.project_no == 1] == [
        ("halves_joined", 1, 1),
        ("halves_joined", 2, 1),
    ]


def test_tables_whose_numbers_or_rows_differ_are_no_halves() -> None:
    other = [*RIGHT[:3], "4|≥50|次"]
    whole = [f"{row}|{value}" for row, value in zip(LEFT, ["指标值", "≥5公里", "≥95%", "≥50次"], strict=True)]
    for right in (other, RIGHT[:3]):
        found = read(whole, right)
        assert [one.target.raw for one in found.indicators] == ["≥5公里", "≥95%", "≥50次"]
        both = transform(document("石桥镇2024年", whole, LEFT, right, file_name="石桥镇2024.docx"))
        assert len(both.indicators) == len(found.indicators)


def test_what_was_recognised_in_a_half_with_doubt_stays_doubted() -> None:
    right = grid(RIGHT, table_no=2)
    sure = tuple(0.4 if cell.text == "≥95" else 0.99 for cell in right.cells)
    halves = document("石桥镇2024年", LEFT, replace(right, confidences=sure), file_name="石桥镇2024.docx")
    assert ("target_raw", 2) in {(d.field, d.indicator_no) for d in transform(halves).doubts if d.project_no == 1}
