"""What the text says of all projects: read where it says one thing, left alone where it says several or another year's."""

from decimal import Decimal

import pytest

from extractors.document import Document, Paragraph
from transforms.totals import find_stated_totals


def _document(*texts: str) -> Document:
    return Document("a.docx", "docx", "0" * 64, tuple(Paragraph(text) for text in texts))


@pytest.mark.parametrize(
    ("text", "projects", "yuan"),
    [
        ("2023年，我单位编报项目8个，涉及资金153.32万元。", 8, "1533200.00"),
        (
            "绩效目标设置情况：本年度共设置绩效目标项目12个，涉及预算资金1,200万元，全部编制了绩效目标。",
            12,
            "12000000.00",
        ),
        ("按要求申报十二个项目，涉及财政资金8500元；做到应编尽编。", 12, "8500.00"),
        ("共编报项目绩效目标8个，金额合计0.5亿元", 8, "50000000.00"),
        ("纳入绩效管理的项目共3个，预算安排30万元", 3, "300000.00"),
    ],
)
def test_number_and_money_of_all_projects(text: str, projects: int, yuan: str) -> None:
    found = find_stated_totals(_document("一、总体目标", text), 2023)
    assert found is not None
    assert (found.projects, found.yuan, found.row_no) == (projects, Decimal(yuan), 2)


@pytest.mark.parametrize(
    "texts",
    [
        ("2022年编报项目6个，涉及资金90万元。",),
        ("编报项目8个，涉及资金153.32万元。", "编报项目9个，涉及资金160万元。"),
        ("完成村庄整治项目3个，投入资金30万元。",),
        ("编报项目若干个，涉及资金153.32万元。",),
        ("充分利用预算资金29.85万元，培训村干部24个。",),
        ("设置指标58个，涉及资金153.32万元。",),
    ],
)
def test_what_says_several_things_or_of_another_year_says_nothing(texts: tuple[str, ...]) -> None:
    assert find_stated_totals(_document(*texts), 2023) is None


def test_what_is_said_twice_alike_counts_once() -> None:
    said = "编报项目8个，涉及资金153.32万元。"
    found = find_stated_totals(_document(said, said), 2023)
    assert found is not None and found.row_no == 1
