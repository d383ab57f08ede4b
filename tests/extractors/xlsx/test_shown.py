"""What a cell shows: values in the number formats of everyday sheets."""

from datetime import datetime, time

import pytest

from extractors.xlsx.shown import Value, plain_text, shown_text

DAY = datetime(2024, 12, 31)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (0.955, "0.0%", "95.5%"),
        (0.955, "0%", "96%"),
        (150000, "#,##0", "150,000"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (14.9, "0.00", "14.90"),
        (14.9, "0.##", "14.9"),
        (0.004, "0.00", "0.00"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (-5.5, "0.0", "-5.5"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "5.00"),
        (24, '"≥"0"期"', "≥24期"),
        (2023, "0年", "2023年"),
        (150000, '0!.0,"万元"', "15.0万元"),
        (12345678, "#,##0,", "12,346"),
        (7500, "[$¥-804]#,##0.00", "¥7,500.00"),
        (3, "[Red]0", "3"),
        (5, ";;;", ""),
        (14.93, "General", "14.93"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567890123456, "General", "1234567890123456"),
        (100000.0, 'G/通用格式"元"', "100000元"),
        (DAY, 'yyyy"年"m"月"d"日"', "2024年12月31日"),
        (DAY, "[$-804]yyyy/m/d;@", "2024/12/31"),
        (DAY, "yyyy-mm-dd hh:mm", "2024-12-31 00:00"),
        (datetime(2024, 1, 2, 15, 4), "m/d/yy h:mm AM/PM", "1/2/24 3:04 PM"),
        (time(9, 5), "h:mm", "9:05"),
        ("≥95%", "General", "≥95%"),
        ("95", '"≥"@', "≥95"),
        (True, "General", "TRUE"),
        (None, "0.00", ""),
    ],
)
def test_values_are_given_as_shown(value: Value, code: str, shown: str) -> None:
    assert shown_text(value, code) == shown


@pytest.mark.parametrize("code", ["# ?/?", "0.00E+00", "[>=1000]0;0"])
def test_formats_that_are_not_understood_are_said(code: str) -> None:
    assert shown_text(0.5, code) is None
    assert plain_text(0.5) == "0.5"
