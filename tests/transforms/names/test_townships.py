"""Unit lines, titles and file names."""

import pytest

from transforms.names.townships import Seat, find_township_in, read_unit_line, township_key


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
        ("302001青禾县财政局", "302001", None, None),
    ],
)
def test_unit_lines(text: str, code: str | None, county: str | None, township: str | None) -> None:
    unit = read_unit_line(text)
    assert unit is not None
    assert (unit.code, unit.county, unit.township) == (code, county, township)


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
