from dataclasses import replace
from datetime import datetime

from tests.transforms.forms.test_read import HEAD, INDICATORS
from tests.transforms.grids import document
from transforms.decisions import Decision, decide_document, settle_doubts
from transforms.filings import transform
from transforms.records import Doubt, Place

FILED = document("1.道路维修绩效目标表", HEAD, INDICATORS)
OF_LENGTH = Decision(FILED.sha256, 2, 2, 5, "target_raw", "≥5公里", "corrected", "≥6公里", datetime(2026, 11, 27, 9))


def test_a_correction_changes_its_cell_and_what_follows_from_it_and_stays_visible() -> None:
    records = transform(FILED, decisions=[OF_LENGTH])
    plain = transform(FILED)
    assert records.indicators[0].target.value_low == 6
    assert records.indicators[1:] == plain.indicators[1:]
    (doubt,) = records.doubts
    assert (doubt.value_read, doubt.value_decided, doubt.decision) == ("≥5公里", "≥6公里", "corrected")
    assert (doubt.project_no, doubt.indicator_no) == (1, 1)


def test_a_decision_whose_text_has_changed_is_void_and_said() -> None:
    records = transform(FILED, decisions=[replace(OF_LENGTH, text_read="≥7公里")])
    assert records.indicators[0].target.value_low == 5
    (void,) = [one for one in records.findings if one.rule == "decision_void"]
    assert "≥7公里" in void.message
    assert records.doubts == ()


def test_line_ends_and_outer_blanks_are_no_other_text() -> None:
    decided = decide_document(FILED, [replace(OF_LENGTH, text_read="≥5公里\r\n ")])
    assert decided.void == ()


def test_decisions_about_other_files_change_nothing() -> None:
    assert transform(FILED, decisions=[replace(OF_LENGTH, sha256="1" * 64)]) == transform(FILED)


def test_an_acceptance_settles_its_doubt_and_changes_no_text() -> None:
    records = transform(FILED)
    doubted = replace(records, doubts=(Doubt("target_raw", "≥5公里", "low_confidence", 1, 1, Place(1, 2, 2), 5),))
    accepted = replace(OF_LENGTH, decision="accepted", value=None)
    settled = settle_doubts(doubted, decide_document(FILED, [accepted]))
    assert [one.decision for one in settled.doubts] == ["accepted"]
    assert settled.indicators == records.indicators


def test_the_year_that_a_person_set_is_the_filings_year_and_dates_follow() -> None:
    year = Decision(FILED.sha256, 0, 0, 0, "fiscal_year", "2023", "corrected", "2024", datetime(2026, 11, 27, 9))
    rows = [row.replace("2023年12月31日完成", "年底前") for row in INDICATORS]
    filed = document("1.道路维修绩效目标表", HEAD, rows)
    records = transform(filed, decisions=[year])
    assert (records.filing.fiscal_year, records.filing.fiscal_year_source) == (2024, "decided")
    assert str(records.indicators[1].target.due_date) == "2024-12-31"
