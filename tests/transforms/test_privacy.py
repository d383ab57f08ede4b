"""What is stored of a filing holds no telephone or identity numbers, and everything else as filed."""

from tests.warehouse.invented_filings import filing, project
from transforms.privacy import hide_in_records
from transforms.words.personal import HIDDEN


def test_numbers_in_free_texts_are_not_stored() -> None:
    goals = [("数量指标", "补助村数", "≥24个"), ("质量指标", "联系13900001234", "按时")]
    part = project("村级运转经费", goals=goals, objectives=["咨询电话13900001234"], purpose="户主13000019900101123X")
    stored = repr(hide_in_records(filing("甲镇", [part])))
    assert "13900001234" not in stored and "13000019900101123X" not in stored
    assert stored.count(HIDDEN) >= 3


def test_a_filing_without_such_numbers_is_the_very_same() -> None:
    records = filing("甲镇", [project("村级运转经费", goals=[("数量指标", "补助村数", "≥24个")])])
    assert hide_in_records(records) == records
