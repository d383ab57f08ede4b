import pytest

from extractors.pdf.tables.text import TextLine, glue


def line(text: str) -> TextLine:
    return TextLine(*[text if name == "text" else 0.0 for name in TextLine._fields])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("控制在227", "00元/人·年以内", "控制在22700元/人·年以内"),
        ("2022年1", "1月底前", "2022年11月底前"),
        ("2022-11-", "30", "2022-11-30"),
        ("13990122P513618100", "00Q", "13990122P51361810000Q"),
        ("open", "data", "open data"),
        ("群众满意", "度", "群众满意度"),
    ],
)
def test_a_number_that_a_line_break_cut_is_joined(above: str, below: str, joined: str) -> None:
    assert glue(above, below, line(above)) == joined
