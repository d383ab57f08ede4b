"""Project names: category, year, carry-over, notice number, batch."""

import pytest

from transforms.names.projects import ProjectName, read_project_name


def _parts(name: ProjectName) -> tuple[str, int | None, bool, str | None]:
    return name.category, name.year, name.is_carryover, name.notice_number


@pytest.mark.parametrize(
    ("name", "category", "year", "is_carryover", "notice"),
    [
        ("2022年未拨村级转移支付", "村级转移支付", 2022, True, None),
        ("村级转移支付", "村级转移支付", None, False, None),
        ("2023年农村人居环境整治专项", "农村人居环境整治专项", 2023, False, None),
        ("2023年度乡镇财政体制经费", "乡镇财政体制经费", 2023, False, None),
        ("２０２３年 环卫清洁\n服务费", "环卫清洁服务费", 2023, False, None),
        ("二〇二三年环卫清洁服务费", "环卫清洁服务费", 2023, False, None),
        ("23年村级转移支付", "村级转移支付", 2023, False, None),
        ("上年结转村级转移支付", "村级转移支付", None, True, None),
        ("村级转移支付（2022年结转）", "村级转移支付", 2022, True, None),
        ("2023年村级转移支付（2022年结转资金）", "村级转移支付", 2022, True, None),
        ("村级转移支付2022年结转资金", "村级转移支付", 2022, True, None),
        ("村级转移支付-上年结转", "村级转移支付", None, True, None),
        ("2022年应拨未拨环卫费", "环卫费", 2022, True, None),
        ("2022年结转资金", "结转资金", 2022, True, None),
        ("提前下达2023年农田建设补助资金", "农田建设补助资金", 2023, False, None),
        ("关于下达2023年农村综合改革转移支付资金预算的通知", "农村综合改革转移支付资金", 2023, False, None),
        (
            "关于提前下达2023年村级公益事业奖补资金的通知（冀财农〔2022〕156号）",
            "村级公益事业奖补资金",
            2023,
            False,
            "冀财农〔2022〕156号",
        ),
        ("冀财农[2022]156号-2023年农田建设补助", "农田建设补助", 2023, False, "冀财农〔2022〕156号"),
        ("清财农发【2020】104号扶贫车间建设", "扶贫车间建设", None, False, "清财农发〔2020〕104号"),
        ("村级转移支付荣财农〔2021〕99号", "村级转移支付", None, False, "荣财农〔2021〕99号"),
        ("产业补助（宁财(农)指标[2022]605号）", "产业补助", None, False, "宁财(农)指标〔2022〕605号"),
        ("同财农(农)指标〔2023〕2-1号道路硬化", "道路硬化", None, False, "同财农(农)指标〔2023〕2-1号"),
        ("2018年市级专项扶贫资金", "市级专项扶贫资金", 2018, False, None),
        ("【2023】年度村级补助", "村级补助", 2023, False, None),
        ("拆违经费（2023）", "拆违经费", 2023, False, None),
        ("冀财农〔2022〕156号", "冀财农〔2022〕156号", None, False, "冀财农〔2022〕156号"),
        ("村(社区)运转经费", "村（社区）运转经费", None, False, None),
        ("1.5公里道路硬化工程", "1.5公里道路硬化工程", None, False, None),
        ("1.2022年未拨村级转移支付绩效目标表", "村级转移支付", 2022, True, None),
        ("50年党龄老党员补助", "50年党龄老党员补助", None, False, None),
        ("20年以上教龄民办教师补助", "20年以上教龄民办教师补助", None, False, None),
        ("结余率提升工程", "结余率提升工程", None, False, None),
        ("安全生产监管经费", "安全生产监管经费", None, False, None),
        ("2024年度村级组织运转经费项目", "村级组织运转经费", 2024, False, None),
        ("2024村级组织运转经费", "村级组织运转经费", 2024, False, None),
        ("2024亩高标准农田建设", "2024亩高标准农田建设", None, False, None),
        ("2024个户厕改造项目", "2024个户厕改造项目", None, False, None),
        ("项目1：村级组织运转经费", "村级组织运转经费", None, False, None),
        ("2024年全镇村级组织运转经费", "村级组织运转经费", 2024, False, None),
        ("2024年道路硬化项目", "道路硬化项目", 2024, False, None),
    ],
)
def test_parts(name: str, category: str, year: int | None, is_carryover: bool, notice: str | None) -> None:
    read = read_project_name(name)
    assert read.raw == name
    assert _parts(read) == (category, year, is_carryover, notice)


def test_batch_advance_and_period_are_fields_of_their_own() -> None:
    name = read_project_name("提前下达2023年中央财政衔接资金（第一批）")
    assert (name.category, name.batch, name.is_advance) == ("中央财政衔接资金", "第一批", True)
    assert read_project_name("2023年第二批衔接资金").batch == "第二批"
    summer = read_project_name("2023年下半年保洁员工资")
    assert (summer.category, summer.period) == ("保洁员工资", "下半年")
    months = read_project_name("2023年1-6月保洁员工资")
    assert (months.category, months.period) == ("保洁员工资", "1-6月")


def test_the_filings_own_place_is_cut_from_the_start_only() -> None:
    places = ("青禾县", "石臼镇")
    assert read_project_name("2024年石臼镇环卫清洁服务费", places).category == "环卫清洁服务费"
    assert read_project_name("青禾县石臼镇环卫清洁服务费", places).category == "环卫清洁服务费"
    assert read_project_name("支持石臼镇发展资金", places).category == "支持石臼镇发展资金"


@pytest.mark.parametrize(
    "name",
    [
        "石臼镇人民政府环卫清洁服务费",
        "石臼镇政府2024年环卫清洁服务费",
        "青山市青禾县石臼镇人民政府本级环卫清洁服务费",
        "环卫清洁服务费（石臼镇）",
        "2024年环卫清洁服务费-石臼镇",
        "关于下达石臼镇2024年环卫清洁服务费的通知",
        "青禾县2024年度环卫清洁服务费",
    ],
)
def test_the_own_place_leaves_the_category_in_every_wording(name: str) -> None:
    assert read_project_name(name, ("青禾县", "石臼镇")).category == "环卫清洁服务费"


@pytest.mark.parametrize("name", ["大石臼镇环卫费", "石臼镇", "石臼镇中学补助", "支持石臼镇发展资金", "青禾县城改造"])
def test_another_name_that_holds_the_place_stays_told_apart(name: str) -> None:
    category = read_project_name(name, ("青禾县", "石臼镇")).category
    assert category in (name, name.removeprefix("石臼镇"))
    assert category


def test_an_office_of_a_street_is_the_street() -> None:
    assert read_project_name("临江街道办事处网格化经费", ("临江街道",)).category == "网格化经费"


def test_reading_the_category_again_changes_nothing() -> None:
    for name in (
        "2022年未拨村级转移支付",
        "关于下达2023年衔接资金的通知",
        "村(社区)运转经费（第一批）",
        "2022年结转资金",
    ):
        category = read_project_name(name).category
        assert read_project_name(category).category == category
