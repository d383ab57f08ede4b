"""Unit lines, titles and file names."""

import pytest

from transforms.names.townships import Seat, find_township_in, find_unit_in, read_unit_line, township_key


@pytest.mark.parametrize(
    ("text", "code", "county", "township"),
    [
        ("482001丰润区李钊庄镇人民政府本级", "482001", "丰润区", "李钊庄镇"),
        ("219001-池州市贵池区棠溪镇人民政府", "219001", "贵池区", "棠溪镇"),
        ("[607001]衡阳市南岳区南岳镇人民政府", "607001", "南岳区", "南岳镇"),
        ("８２０-马踏镇部门", "820", None, "马踏镇"),
        ("填报单位：482001 丰润区李钊庄镇\n人民政府（盖章）", "482001", "丰润区", "李钊庄镇"),
        ("丰润区李钊庄镇人民政府（482001）", "482001", "丰润区", "李钊庄镇"),
        ("景德镇市浮梁县湘湖镇", None, "浮梁县", "湘湖镇"),
        ("新乡市新乡县七里营镇", None, "新乡县", "七里营镇"),
        ("青禾县市口镇", None, "青禾县", "市口镇"),
        ("红旗沟镇", None, None, "红旗沟镇"),
        ("湘西土家族苗族自治州花垣县十八洞镇", None, "花垣县", "十八洞镇"),
        ("内蒙古自治区锡林郭勒盟东乌珠穆沁旗嘎达布其镇人民政府", None, "东乌珠穆沁旗", "嘎达布其镇"),
        ("呼伦贝尔市鄂温克族自治旗巴彦塔拉达斡尔民族乡", None, "鄂温克族自治旗", "巴彦塔拉达斡尔民族乡"),
        ("阿拉善左旗敖伦布拉格苏木", None, "阿拉善左旗", "敖伦布拉格苏木"),
        ("诸暨市大唐街道办事处", None, "诸暨市", "大唐街道"),
        ("曹妃甸区第四农场", None, "曹妃甸区", "第四农场"),
        ("302001青禾县财政局", "302001", "青禾县", None),
        ("青禾县古城镇人民政府", None, "青禾县", "古城镇"),
        ("青禾县柳城乡财政所", None, "青禾县", "柳城乡"),
        ("青禾县柳城乡卫生院", None, "青禾县", None),
        ("石桥镇中心小学", None, None, None),
        ("石桥镇惠民服务有限公司", None, None, None),
        ("青禾县石桥镇东村村民委员会", None, "青禾县", None),
        ("青禾县委宣传部", None, "青禾县", None),
        ("云台经济开发区管理委员会", None, None, None),
        ("部门编码：302001 部门名称：青禾县财政局", "302001", "青禾县", None),
        ("填报单位：青禾县水利局    填报日期：2024年1月5日", None, "青禾县", None),
        ("青禾县石桥乡乡村振兴办公室", None, "青禾县", "石桥乡"),
        ("石桥镇市场服务中心", None, None, "石桥镇"),
        ("301001-石桥镇市政服务中心", "301001", None, "石桥镇"),
        ("宁乡市大成桥镇人民政府", None, "宁乡市", "大成桥镇"),
        ("张集镇人民政府", None, None, "张集镇"),
        ("山下乡人民政府", None, None, "山下乡"),
    ],
)
def test_unit_lines(text: str, code: str | None, county: str | None, township: str | None) -> None:
    unit = read_unit_line(text)
    assert unit is not None
    assert (unit.code, unit.county, unit.township) == (code, county, township)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青禾县石臼镇人民政府 张某某", "青禾县石臼镇人民政府"),
        ("青禾县民政局（李某 13900000000）", "青禾县民政局"),
        ("青禾县民政局 联系人：李某", "青禾县民政局"),
        ("填报单位：青禾县水利局    填报日期：2024年1月5日", "青禾县水利局"),
        ("丰润区李钊庄镇\n人民政府", "丰润区李钊庄镇人民政府"),
        ("青禾县石臼镇人民政府\n本级", "青禾县石臼镇人民政府本级"),
        ("石臼镇（街道）人民政府", "石臼镇(街道)人民政府"),
        ("青禾县公安局 交警大队", "青禾县公安局交警大队"),
    ],
)
def test_a_person_beside_the_unit_is_no_part_of_its_name(text: str, name: str) -> None:
    unit = read_unit_line(text)
    assert unit is not None
    assert unit.name == name


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("青禾县水利局关于下达2024年乡镇水利专项资金的通知", "青禾县水利局"),
        ("青禾县第一中学2024年项目支出绩效目标表", "青禾县第一中学"),
        ("青禾县水利局文件", "青禾县水利局"),
        ("青禾县民政局", "青禾县民政局"),
        ("项目支出绩效目标表", None),
        ("2024年度", None),
        ("养老服务中心建设项目", None),
        ("关于下达2024年资金的通知", None),
    ],
)
def test_the_unit_in_a_title(title: str, unit: str | None) -> None:
    found = find_unit_in(title)
    assert (found.name if found is not None else None) == unit


@pytest.mark.parametrize(
    "line", ["石臼镇、泉头乡、沙河口乡人民政府", "关于下达石臼镇2024年资金的通知", "石臼镇中心小学2024年目标"]
)
def test_addressees_and_others_are_not_the_township_that_files(line: str) -> None:
    assert find_township_in(line) is None


NO_TOWNSHIPS = [
    "青禾县住房和城乡建设局",
    "住房和城乡建设局",
    "302001青禾县住房和城乡建设局",
    "青禾市住房城乡建设局",
    "青禾县城乡规划管理中心",
    "青禾县乡村振兴局",
    "乡村振兴局",
    "青禾市乡村振兴服务中心",
    "青禾县城乡居民社会养老保险中心",
    "城乡居民养老保险管理中心",
    "青禾县城镇管理局",
    "青禾区城镇职工医疗保险中心",
    "青禾县村镇建设服务中心",
    "青禾县乡镇企业局",
    "青禾县乡道养护中心",
    "新乡县财政局",
    "西乡县发展和改革局",
    "内乡县教育体育局",
    "东乡族自治县民政局",
    "东乡区农业农村局",
    "景德镇市交通运输局",
    "景德镇市",
    "桐乡市水利局",
    "宁乡市民政局",
    "宁乡市政府办公室",
    "萍乡市自然资源局",
    "青禾县驻京办事处",
    "青禾县人民政府驻上海办事处",
    "特色小镇建设办公室",
    "青禾县国有林场",
    "文化科技卫生三下乡活动领导小组办公室",
    "农村电影下乡服务中心",
    "青禾县返乡创业服务中心",
]


@pytest.mark.parametrize("name", NO_TOWNSHIPS)
def test_offices_and_counties_whose_names_hold_a_township_s_word_are_none(name: str) -> None:
    unit = read_unit_line(name)
    assert unit is None or unit.township is None
    assert find_township_in(name) is None
    assert find_township_in(f"{name}2024年项目支出绩效目标表") is None
    assert township_key(name) == name


@pytest.mark.parametrize(
    "title",
    [
        "城乡环境综合整治项目绩效目标表",
        "美丽乡村建设项目",
        "发展乡村旅游项目",
        "水乡古镇旅游开发项目",
        "镇区路灯维修",
        "乡村道路维修项目",
        "集镇污水管网项目",
        "农村城镇化项目",
    ],
)
def test_a_project_s_title_names_no_township(title: str) -> None:
    assert find_township_in(title) is None


@pytest.mark.parametrize(
    "text", ["单位：万元", "2023年度", "", "24", "金额单位:元", "项目名称", "2023年乡镇财政体制经费绩效目标表"]
)
def test_lines_that_name_no_unit(text: str) -> None:
    assert read_unit_line(text) is None


def test_the_name_is_kept_without_code_and_seal() -> None:
    unit = read_unit_line("482001丰润区李钊庄镇人民政府本级（盖章）")
    assert unit is not None
    assert unit.name == "丰润区李钊庄镇人民政府本级"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("青禾县石臼镇人民政府2024年部门预算绩效文本", Seat("青禾县", "石臼镇")),
        ("石臼镇2024年部门预算公开", Seat(None, "石臼镇")),
        ("喜鹊河乡2023年部门预算绩效目标_mof_07.docx", Seat(None, "喜鹊河乡")),
        ("2024年石臼镇部门预算", Seat(None, "石臼镇")),
        ("附件1：石臼镇自评表", Seat(None, "石臼镇")),
        ("部门预算绩效文本-石臼镇", Seat(None, "石臼镇")),
        ("一五四团2024年项目绩效目标", Seat(None, "一五四团")),
        ("新疆生产建设兵团第六师五家渠市一〇三团", Seat(None, "一〇三团")),
        ("代表团经费", None),
        ("乡镇财政体制经费绩效目标表", None),
        ("2023年全镇绩效目标", None),
        ("（2023年度）", None),
        ("加强乡镇建设", None),
    ],
)
def test_titles_and_file_names(text: str, place: Seat | None) -> None:
    assert find_township_in(text) == place


def test_names_compare_without_county_and_office() -> None:
    assert township_key("丰润区李钊庄镇人民政府") == township_key("李钊庄镇") == "李钊庄镇"
    assert township_key("幸福街道办事处") == township_key("幸福街道")
    assert township_key("幸福街办") == township_key("幸福街道")
    assert township_key("482001李钊庄镇人民政府") == township_key("中共李钊庄镇委员会") == "李钊庄镇"
    assert township_key("新市镇") != township_key("新市乡")


def test_an_office_in_a_title_has_a_name_of_so_many_characters() -> None:
    assert find_unit_in("水利局") is None
    assert find_unit_in("县水利局") is not None
    longest = "青禾县" + "农村" * 12 + "发展局"
    assert find_unit_in(longest) is not None and find_unit_in(f"某{longest}") is None
