import pytest

from transforms.objectives import split_objectives


@pytest.mark.parametrize(
    ("text", "objectives"),
    [
        ("1.修路\n2.养路", ["修路", "养路"]),
        ("1．修路2．养路", ["修路", "养路"]),
        ("1、修路；2、养路；3、护路", ["修路；", "养路；", "护路"]),
        ("目标1：修路\n目标2：养路", ["修路", "养路"]),
        ("1.完成2.5公里道路2.养路", ["完成2.5公里道路", "养路"]),
        ("改造3. 居民楼", ["改造3. 居民楼"]),
        ("①修路\n②养路", ["修路", "养路"]),
        ("（一）修路\n续上\n（二）养路", ["修路\n续上", "养路"]),
        ("完成2.5公里道路维修", ["完成2.5公里道路维修"]),
        ("修路\n养路", ["修路\n养路"]),
        ("", []),
    ],
)
def test_numbers_part_the_objectives(text: str, objectives: list[str]) -> None:
    assert split_objectives(text) == objectives
