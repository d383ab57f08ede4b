"""One file to forward: a township's has no other township in it, and every link of it leads to a file of it."""

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from tests.warehouse.publication.publication_county import NAMES, build_county
from warehouse.publication.forward.pack import ENTRY, OVERVIEW, PackError, pack_county, pack_township, townships_of
from warehouse.publication.publish import publish


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forward")
    inbox = folder / "inbox"
    inbox.mkdir()
    database = build_county(folder / "county.duckdb", inbox=inbox, townships=6)
    return publish(database, folder / "published", inbox=inbox).latest


def test_a_township_is_packed_with_all_that_its_page_leads_to(publication: Path, tmp_path: Path) -> None:
    township = NAMES[2]  # its cost is far above the others'
    count = pack_township(publication, township, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        page = archive.read(ENTRY).decode()
    assert count == len(names) == len(set(names)) and names[0] == ENTRY
    assert not any(name.startswith("审核表/") for name in names), "the bureau's own forms stay with the bureau"
    assert any(name.startswith("反馈单/") for name in names) and any(name.startswith("出处/") for name in names)
    links = {unquote(link).split("#")[0] for link in re.findall(r'href="([^"]+)"', page)}
    assert links and links <= set(names)
    assert "明显偏高" in page


def test_no_other_township_is_in_it(publication: Path, tmp_path: Path) -> None:
    pack_township(publication, NAMES[1], tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith((".html", ".csv"))]
        names = "".join(archive.namelist())
    for other in (name for name in NAMES[:6] if name != NAMES[1]):
        assert other not in names and not any(other in text for text in texts)


def test_the_same_publication_gives_the_same_bytes(publication: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        pack_township(publication, NAMES[0], tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_an_unknown_township_is_named_with_those_that_there_are(publication: Path, tmp_path: Path) -> None:
    assert set(townships_of(publication)) == set(NAMES[:6])
    with pytest.raises(PackError, match=NAMES[0]):
        pack_township(publication, "没有镇", tmp_path / "a.zip")
    assert not list(tmp_path.iterdir())


def test_hostile_names_stay_text(publication: Path) -> None:
    for page in (publication / "乡镇").glob("*.html"):
        assert "<script" not in page.read_text(encoding="utf-8")


@pytest.mark.needs_libreoffice
def test_the_county_is_packed_whole_with_its_overview_to_print(publication: Path, tmp_path: Path) -> None:
    count, drawn = pack_county(publication, tmp_path / "a.zip")
    held = {path.relative_to(publication).as_posix() for path in publication.rglob("*") if path.is_file()}
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert drawn and set(archive.namelist()) == {OVERVIEW, *held} and count == len(held) + 1
        pdf = pdfium.PdfDocument(archive.read(OVERVIEW))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    assert "请先定" in pages[0] and all("成本比较" not in text.splitlines()[0] for text in pages)
