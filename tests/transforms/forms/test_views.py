"""Several forms in one table, and tables whose columns are places, projects or sums of tasks."""

from tests.transforms.grids import document
from transforms.filings import transform

TITLE = "2024年度项目支出绩效目标表"
TWO = [
    "项目名称|绿化|<|<||项目名称|养路|<|<",
    "预算金额（万元）|30|<|<||预算金额（万元）|8|<|<",
    "一级指标|二级指标|三级指标|指标值||一级指标|二级指标|三级指标|指标值",
    "产出指标|数量指标|新栽行道树|≥40棵||产出指标|数量指标|养护里程|≥12公里",
    "满意度指标|服务对象满意度指标|居民满意度|≥85%||满意度指标|服务对象满意度指标|行人满意度|≥80%",
]


def test_two_forms_side_by_side_are_two_projects() -> None:
    records = transform(document(TITLE, TWO))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("绿化", 300000), ("养路", 80000)]
    assert [(i.project_no, i.indicator_raw) for i in records.indicators] == [
        (1, "新栽行道树"),
        (1, "居民满意度"),
        (2, "养护里程"),
        (2, "行人满意度"),
    ]
    assert records.unread_cells == ()
    assert {cell.col_no: cell.use for cell in records.used_cells if cell.row_no == 2}[7] == "amount_total"


def test_a_doubt_in_the_right_form_names_the_table_s_own_column() -> None:
    rows = [*TWO[:2], "资金总额（万元）|30|<|<||资金总额（万元）|9|<|<", *TWO[2:]]
    records = transform(document(TITLE, rows))
    assert [(d.project_no, d.place.row_no, d.col_no) for d in records.doubts] == [(2, 2, 7)]
    assert [(cell.text, cell.row_no, cell.col_no) for cell in records.unread_cells] == [("9", 3, 7)]


def test_a_heading_twice_without_a_period_goes_on_in_its_second_block() -> None:
    rows = [
        "项目名称|绿化|<|<|<|<",
        "二级指标|三级指标|指标值|二级指标|三级指标|指标值",
        "数量指标|新栽行道树|≥40棵|质量指标|成活率|≥90%",
        "成本指标|每棵造价|≤300元|时效指标|完成时间|2024年11月底前",
    ]
    records = transform(document(TITLE, rows))
    assert [i.indicator_raw for i in records.indicators] == ["新栽行道树", "每棵造价", "成活率", "完成时间"]
    assert [p.project_name for p in records.projects] == ["绿化"]


def test_projects_as_columns() -> None:
    rows = [
        "项目名称|<|<|绿化|养路|路灯",
        "预算金额（万元）|<|<|30|8|5",
        "一级指标|二级指标|三级指标|指标值|<|<",
        "产出指标|数量指标|实施数量|≥40棵|≥12公里|≥20盏",
        "满意度指标|服务对象满意度指标|居民满意度|≥85%|≥80%|≥90%",
    ]
    records = transform(document(TITLE, rows))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [
        ("绿化", 300000),
        ("养路", 80000),
        ("路灯", 50000),
    ]
    assert [i.target.raw for i in records.indicators] == ["≥40棵", "≥85%", "≥12公里", "≥80%", "≥20盏", "≥90%"]
    assert records.unread_cells == ()


def test_one_value_column_for_each_place_makes_no_number() -> None:
    rows = [
        "项目名称|河堤加固|<|<|<",
        "一级指标|二级指标|三级指标|柳林镇|高坡乡",
        "产出指标|数量指标|加固长度（米）|300|450",
        "满意度指标|服务对象满意度指标|居民满意度|85%|90%",
    ]
    records = transform(document(TITLE, rows))
    assert [(i.indicator_raw, i.target.raw, i.target.target_kind) for i in records.indicators] == [
        ("加固长度（米）", "柳林镇：300；高坡乡：450", "text"),
        ("居民满意度", "柳林镇：85%；高坡乡：90%", "text"),
    ]
    assert [f.rule for f in records.findings if f.indicator_no] == ["target_by_places", "target_by_places"]


def test_one_column_of_measures_under_an_unknown_heading_is_the_value_s() -> None:
    rows = [
        "项目名称|绿化|<|<|<",
        "一级指标|二级指标|三级指标|应达到的程度|备考",
        "产出指标|数量指标|新栽行道树|≥40棵|甲",
        "^|质量指标|成活率|90%|乙",
        "效益指标|社会效益指标|居住环境|改善|丙",
    ]
    records = transform(document(TITLE, rows))
    assert [i.target.raw for i in records.indicators] == ["≥40棵", "90%", "改善"]
    assert [cell.text for cell in records.unread_cells] == ["甲", "乙", "丙"]


def test_the_total_of_a_list_of_tasks_is_the_unit_s_budget() -> None:
    rows = [
        "部门名称|青禾县园林站|<|<|<|<",
        "年度主要任务|任务名称|主要内容|预算金额（万元）|<|<",
        "^|^|^|总额|财政拨款|其他资金",
        "^|栽树|沿街栽树|30|28|2",
        "^|养护|修剪浇水|12|12|0",
        "^|合计|<|42|40|2",
        "一级指标|二级指标|三级指标|<|<|指标值",
        "产出指标|数量指标|新栽行道树|<|<|≥40棵",
        "效益指标|社会效益指标|居住环境|<|<|改善",
    ]
    records = transform(document("2024年度部门整体支出绩效目标表", rows))
    project = records.projects[0]
    assert (project.budget_yuan, project.fiscal_yuan, project.other_yuan) == (420000, 400000, 20000)
    assert project.purpose is None
    assert records.unread_cells == ()


def test_a_unit_behind_a_label_above_the_table_files() -> None:
    rows = [
        "项目名称|绿化|<|<",
        "一级指标|二级指标|三级指标|指标值",
        "产出指标|数量指标|新栽行道树|≥40棵",
        "满意度指标|服务对象满意度指标|居民满意度|≥85%",
    ]
    for line in (
        "填报单位：[610003]青禾县柳林镇人民政府      单位：万元",
        "单位名称（盖章）：610003青禾县柳林镇人民政府 填报人：某某",
    ):
        filing = transform(document(TITLE, line, rows)).filing
        assert (filing.unit_code, filing.unit_name, filing.township) == ("610003", "青禾县柳林镇人民政府", "柳林镇")
    assert transform(document(TITLE, "单位：万元", rows)).filing.unit_name is None


def test_projects_as_rows_and_an_indicator_a_column() -> None:
    rows = [
        "序号|单位名称|项目名称|资金总额|产出指标|<|<|效益指标|满意度指标",
        "^|^|^|^|数量指标|<|质量指标|社会效益指标|服务对象满意度指标",
        "^|^|^|^|栽树（棵）|养护（亩）|成活率|受益户数|居民满意度",
        "1|柳林镇人民政府|绿化|20|40|3|90%|120户|≥85%",
        "2|柳林镇人民政府|补绿|15|25|1|92%|80户|≥88%",
    ]
    records = transform(document("2024年度绿化项目绩效目标汇总表", "单位：万元", rows))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("绿化", 200000), ("补绿", 150000)]
    assert [(i.level1, i.level2, i.indicator_raw, i.target.raw) for i in records.indicators[:3]] == [
        ("产出指标", "数量指标", "栽树（棵）", "40"),
        ("产出指标", "数量指标", "养护（亩）", "3"),
        ("产出指标", "质量指标", "成活率", "90%"),
    ]
    assert len(records.indicators) == 10
    assert records.filing.fiscal_year == 2024
    assert records.unread_cells == ()
