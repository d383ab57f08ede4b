from pipelines.inspect.headings import unknown_headings
from tests.transforms.grids import document
from transforms.filings import transform


def test_the_headings_that_a_person_may_teach() -> None:
    filed = document(
        "2024年度项目支出绩效目标表",
        [
            "项目名称|绿化|<|<|<",
            "核拨口径|甲类|<|<|<",
            "一级指标|二级指标|三级指标|指标值|对口联络",
            "产出指标|数量指标|新栽行道树|≥40棵|林科",
            "产出指标|质量指标|成活率|≥90%|林科",
        ],
    )
    assert list(unknown_headings(filed, transform(filed))) == ["对口联络", "核拨口径"]


def test_of_a_table_that_is_not_read_only_the_unknown_headings_are_asked_for() -> None:
    filed = document(
        "2024年度项目支出绩效目标表",
        ["项目名称|绿化|<|<|<", "年度目标|种树|<|<|<"],
        [
            "一级指标|二级指标|三级指标|拟定刻度|口径甲",
            "产出指标|数量指标|新栽行道树|≥40棵|35棵",
            "产出指标|质量指标|成活率|≥90%|88%",
        ],
    )
    assert list(unknown_headings(filed, transform(filed))) == ["拟定刻度", "口径甲"]
