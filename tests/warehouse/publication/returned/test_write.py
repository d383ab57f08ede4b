import csv

import pytest
from docx import Document

from tests.warehouse.publication.publication_county import build_county
from warehouse.publication.publish import Publication, publish


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    home = tmp_path_factory.mktemp("home")
    (home / "inbox").mkdir()
    database = build_county(home / "county.duckdb", inbox=home / "inbox", townships=3)
    return publish(database, home / "published", inbox=home / "inbox")


def test_each_remark_stands_in_its_townships_list(publication: Publication) -> None:
    lists = sorted((publication.folder / "反馈附件").glob("*_问题清单.csv"))
    assert lists
    with lists[0].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows and all(row["问题"] and row["程度"] and row["位置"] and row["处理情况"] == "" for row in rows)


def test_files_come_back_with_a_comment_for_each_thing_to_correct(publication: Publication) -> None:
    returned = sorted((publication.folder / "反馈附件").glob("*（批注）.docx"))
    assert returned
    assert all(len(list(Document(str(path)).comments)) >= 1 for path in returned)


def test_the_report_leads_to_what_a_township_gets(publication: Publication) -> None:
    page = publication.reports[0].read_text(encoding="utf-8")
    for path in [*publication.folder.glob("反馈附件/*"), *publication.folder.glob("反馈单/*")]:
        assert f'<a href="{path.parent.name}/{path.name}">' in page, path.name
