"""The house: its top level, the one way that imports run, and nothing of one machine in tracked files."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.places import ROOT

TOP_LEVEL = {
    *("pyproject.toml", "pipelines", "extractors", "transforms", "warehouse", "sql", "tests", "README.md"),
    *("README.zh-CN.md", "Makefile", "requirements.lock", ".ci", ".gitignore"),
}
FORBIDDEN_IMPORTS = {
    "extractors": {"pipelines", "warehouse", "transforms", "sql", "pandas", "pyarrow", "duckdb", "prefect"},
    "transforms": {"pipelines", "warehouse", "sql", "pandas", "pyarrow", "duckdb", "prefect", "pdfplumber", "docx"},
    "warehouse": {"pipelines", "prefect", "pdfplumber"},
    "sql": {"pipelines", "prefect"},
}
SEAMS = {"extractors.document", "extractors.rejection"}
"""What ``transforms`` may know of ``extractors``."""
TEXT_ENDINGS = {".py", ".sql", ".md", ".toml", ".csv", ".txt", ".lock", ".html", ".css", ".js", ".json", ".sh", ""}


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def imported_modules(path: Path) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name}: relative import"
            modules.add(node.module or "")
    return modules


def test_top_level_is_the_customers() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in tracked_files()}
    assert found <= TOP_LEVEL, found - TOP_LEVEL
    assert {name for name in TOP_LEVEL if not name.startswith("README.zh")} <= found


@pytest.mark.parametrize("room", sorted(FORBIDDEN_IMPORTS))
def test_imports_run_one_way(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        wrong = {name for name in imported_modules(path) if name.split(".")[0] in FORBIDDEN_IMPORTS[room]}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_transforms_know_only_the_seam_of_extractors() -> None:
    for path in sorted((ROOT / "transforms").rglob("*.py")):
        wrong = {name for name in imported_modules(path) if name.split(".")[0] == "extractors"} - SEAMS
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_no_file_names_a_place_on_one_machine() -> None:
    """Absolute paths into homes, temporary folders and work trees mean nothing on another machine."""
    machine_path = re.compile(r"(?<![\w.}/])/(?:work|root|home|tmp|Users|farm|mnt)/(?!\*)\w")
    for path in tracked_files():
        if path.suffix in TEXT_ENDINGS:
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
                assert not machine_path.search(line), f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
