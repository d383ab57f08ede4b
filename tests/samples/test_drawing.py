"""The drawing of invented filings: tables that fit, writings that mean what the truth says, the same for a seed."""

import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from tests.samples.drawing import Box, Line, Sheet, Table, draw_docx, row
from tests.samples.facts import plain_number
from tests.samples.forms import Look, letter, merged_column, spans
from tests.samples.invention import share_out
from tests.samples.layouts.catalogue import LAYOUTS
from tests.samples.make_samples import draw_sample, make_samples, sample_truth
from tests.samples.targets import chinese_numeral, draw_target
from tests.samples.vocabulary import indicators, phrases, refuse_repeats, writings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document_of(data: bytes, tmp_path: Path) -> etree._Element:
    path = tmp_path / "drawn.docx"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_merged_boxes_become_spans_and_continued_cells(tmp_path):
    rows = (row(Box("a", cols=2), Box("b", rows=2)), row("c", "d"))
    root = document_of(draw_docx(Sheet((Table(rows, (1, 1, 1)),))), tmp_path)
    drawn = [list(line.iter(f"{W}tc")) for line in root.iter(f"{W}tr")]
    assert [len(cells) for cells in drawn] == [2, 3]
    assert drawn[0][0].find(f"{W}tcPr/{W}gridSpan").get(f"{W}val") == "2"
    assert drawn[0][1].find(f"{W}tcPr/{W}vMerge").get(f"{W}val") == "restart"
    assert drawn[1][2].find(f"{W}tcPr/{W}vMerge").get(f"{W}val") is None


@pytest.mark.parametrize("cells", [("a",), ("a", "b", "c")])
def test_a_row_that_does_not_fit_its_table_is_refused(cells):
    with pytest.raises(ValueError, match="row 0"):
        draw_docx(Sheet((Table((row(*cells),), (1, 1)),)))


def test_deleted_and_hidden_text_is_drawn_as_such(tmp_path):
    rows = (row(Box("kept", deleted="gone", hidden="unseen"), Box("in", controlled=True)),)
    root = document_of(draw_docx(Sheet((Line("t"), Table(rows, (1, 1))))), tmp_path)
    assert [e.text for e in root.iter(f"{W}delText")] == ["gone"]
    hidden = [e.getparent().getparent() for e in root.iter(f"{W}vanish")]
    assert ["".join(e.itertext()) for e in hidden] == ["unseen"]
    assert root.find(f".//{W}sdt") is not None


def test_runs_of_equal_keys_are_merged_repeated_or_blank():
    assert spans("aab") == [2, 0, 1]
    texts = ["A", "A", "B"]
    assert [[box.rows for box in boxes] for boxes in merged_column("aab", texts, "merged")] == [[2], [], [1]]
    assert [[box.text for box in boxes] for boxes in merged_column("aab", texts, "blank")] == [["A"], [""], ["B"]]
    assert [[box.text for box in boxes] for boxes in merged_column("aab", texts, "repeated")] == [["A"], ["A"], ["B"]]


def test_level_names_are_written_letter_under_letter():
    assert letter("产出指标", Look(lettering="letters")) == "产\n出\n指\n标"
    assert letter("社会效益指标", Look(lettering="halves")) == "社会效益\n指标"


@pytest.mark.parametrize(
    ("number", "text"), [(3, "三"), (10, "十"), (24, "二十四"), (305, "三百零五"), (7010, "七千零一十")]
)
def test_chinese_numerals(number, text):
    assert chinese_numeral(number) == text


def test_every_way_to_write_a_target_is_drawn_with_its_meaning():
    rng = Random("ways")
    seen = set()
    for _ in range(40):
        for words in (w for group in indicators().values() for w in group):
            target = draw_target(rng, words, 2023)
            seen.add(target.kind)
            if target.kind in ("percent", "quantity", "money"):
                has = (target.low is not None, target.high is not None)
                assert has == {">=": (True, False), ">": (True, False), "<=": (False, True), "<": (False, True)}.get(
                    target.op, (True, True)
                )
                assert target.op != "between" or target.low < target.high
            elif target.kind == "date":
                assert re.fullmatch(r"2023-(0[1-9]|1[0-2])-\d\d", target.due)
    assert seen == {"percent", "quantity", "money", "date", "grade", "text"}


def test_money_is_in_yuan_whatever_it_is_written_in():
    rng = Random("money")
    words = next(w for w in indicators()["成本"] if w.measure == "money_total")
    for _ in range(60):
        target = draw_target(rng, words, 2023)
        number = Decimal(re.sub(r"[^\d.]", "", target.text))
        assert target.high == number * (10000 if "万" in target.text else 1)


def test_split_columns_never_hold_a_range():
    rng = Random("columns")
    drawn = [
        draw_target(rng, words, 2023, columns=True)
        for _ in range(30)
        for group in indicators().values()
        for words in group
    ]
    assert "between" not in {target.op for target in drawn}
    assert all(target.value for target in drawn)


def test_shares_sum_up():
    assert sum(share_out(Random("shares"), 7)) == 90
    assert min(share_out(Random("shares"), 7, 100)) > 0


def test_word_lists_hold_no_name_twice_and_every_measure_can_be_written():
    with pytest.raises(ValueError, match="twice"):
        refuse_repeats(["甲", "乙", "甲"])
    assert {words.measure for group in indicators().values() for words in group} <= set(writings())
    with pytest.raises(KeyError, match="nonsense"):
        phrases("nonsense")


def test_truth_numbers_keep_their_digits():
    assert (
        json.dumps([plain_number(Decimal(text)) for text in ("95", "96.5", "0.1", "12.40")]) == "[95, 96.5, 0.1, 12.4]"
    )


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_prints_what_its_truth_holds(name, tmp_path):
    layout = LAYOUTS[name]
    for variant in range(3):
        filing, look, data = draw_sample("test", name, layout, variant)
        root = document_of(data, tmp_path)
        text = squash("".join(e.text or "" for e in root.iter(f"{W}t")))
        truth = sample_truth(filing, look, layout)
        for project in truth["projects"]:
            texts = [project["project_name"], project["project_code"], project["budget"], *project["objectives"]]
            for indicator in project["indicators"]:
                texts += [indicator["name"], indicator["level2"], indicator["description"], indicator["basis"]]
                texts += [] if layout.columns else [indicator["target"], indicator.get("actual", "")]
            assert [t for t in texts if squash(t) not in text] == []


def test_the_same_seed_gives_the_same_set(tmp_path):
    for folder in ("a", "b"):
        make_samples(tmp_path / folder, "seed", 1, pdf=False)
    first, second = (sorted((tmp_path / folder / "inbox").iterdir()) for folder in ("a", "b"))
    assert [p.name for p in first] == [p.name for p in second] and len(first) == len(LAYOUTS)
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert (tmp_path / "a/truth.json").read_bytes() == (tmp_path / "b/truth.json").read_bytes()
