"""The workbook's cell formats: one for each way of writing a value, made once."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from warehouse.publication.marts.tables import Form, MartColumn
from warehouse.publication.marts.view import Tone

FONT = "微软雅黑"
"""On every Windows office machine; LibreOffice and WPS on Linux fall back to their own Chinese font."""

NUMBER_FORMATS: dict[Form, str] = {
    "label_number": "0",
    "count": "#,##0",
    "money": "#,##0.00",
    "percent": "0.0",
    "ratio": "0.00",
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
}
SHARE_FORMAT = "0.0%"
"""For figures that are shares of one (``similarity``); columns named 百分比 hold points and carry no sign."""

TONE_COLOURS: dict[Tone, tuple[str, str]] = {
    "bad": ("#9C1C1C", "#FBE3E1"),
    "warn": ("#8A4B00", "#FDF0D5"),
    "good": ("#1B5E3A", "#E3F2E8"),
    "muted": ("#6B7280", "#F3F4F6"),
}
"""Ink and ground of values that stand out; told apart by lightness too, for printing in grey."""


@dataclass(frozen=True)
class Formats:
    """The formats of one workbook (xlsxwriter's objects)."""

    title: Any
    note: Any
    head: Any
    folded_head: Any
    answer_head: Any
    answer: Any
    said: Any
    section: Any
    text: Any
    wrapped: Any
    link: Any
    caveat: Any
    big: Any
    divider: Any
    number: Any
    share: Any
    by_form: dict[Form, Any]
    by_tone: dict[Tone, Any]

    def of(self, column: MartColumn, value: object) -> Any:
        """Give the format of a value: a plain ``number`` shows decimals only where it has them."""
        if column.name == "similarity":
            return self.share
        if column.form == "number":
            return (
                self.by_form["count"]
                if isinstance(value, Decimal) and value == value.to_integral_value()
                else self.number
            )
        return self.by_form.get(column.form, self.text)


def make_formats(book: Any) -> Formats:
    """Make the formats of a workbook."""
    plain = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
    ruled = {**plain, "bottom": 4, "bottom_color": "#C9CED6"}
    texts = {**ruled, "indent": 1}
    names = {**ruled, "num_format": NUMBER_FORMATS["label_number"], "align": "center"}
    head = {**plain, "bold": True, "text_wrap": True, "align": "center", "border": 1, "border_color": "#FFFFFF"}
    return Formats(
        title=book.add_format({**plain, "bold": True, "font_size": 15, "font_color": "#12355B"}),
        note=book.add_format({**plain, "font_color": "#5B6470"}),
        head=book.add_format({**head, "font_color": "#FFFFFF", "bg_color": "#1F4E79"}),
        folded_head=book.add_format({**head, "font_color": "#FFFFFF", "bg_color": "#7A8594"}),
        answer_head=book.add_format({**head, "font_color": "#5C4300", "bg_color": "#FFE08A"}),
        answer=book.add_format({**texts, "text_wrap": True, "bg_color": "#FFFBEB"}),
        said=book.add_format({**plain, "text_wrap": True, "valign": "top"}),
        section=book.add_format({**plain, "bold": True, "font_size": 12, "font_color": "#12355B", "bottom": 1}),
        text=book.add_format(texts),
        wrapped=book.add_format({**texts, "text_wrap": True}),
        link=book.add_format({**texts, "font_color": "#0B5CAD", "underline": 1}),
        caveat=book.add_format({**plain, "text_wrap": True, "font_color": "#8A4B00", "bg_color": "#FDF0D5"}),
        big=book.add_format({**plain, "bold": True, "font_size": 22, "font_color": "#12355B"}),
        number=book.add_format({**ruled, "num_format": "#,##0.00####"}),
        share=book.add_format({**ruled, "num_format": SHARE_FORMAT}),
        divider=book.add_format({"top": 1, "top_color": "#5B6470"}),
        by_form={
            form: book.add_format(names if form == "label_number" else {**ruled, "num_format": code})
            for form, code in NUMBER_FORMATS.items()
        },
        by_tone={
            tone: book.add_format({"font_color": ink, "bg_color": ground})
            for tone, (ink, ground) in TONE_COLOURS.items()
        },
    )
