"""The command as its users meet it: starting, help, wrong usage, messages and exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

COMMANDS = ("run", "demo", "inspect", "parse", "publish", "diff", "serve", "sql", "terms", "review", "pack")


HANGS_SECONDS = 600
"""A command that takes so long hangs; one that a busy machine slows down does not."""


def jixiao(
    *arguments: str, cwd: Path | None = None, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the real command with a clean environment of its own settings."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JIXIAO_", "PREFECT_"))}
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        cwd=cwd or ROOT,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**inherited, "PYTHONPATH": str(ROOT), "COLUMNS": "120", **environment},
        timeout=HANGS_SECONDS,
    )


NEVER_AT_START = {"prefect", "pandas", "xlsxwriter", "sqlglot", "jinja2", "prompt_toolkit"}
NOT_FOR_THE_COMMAND_LINE = NEVER_AT_START | {"pdfplumber", "pyarrow", "duckdb", "docx", "pypdfium2"}


@pytest.mark.parametrize(
    ("module", "slow"), [("pipelines.cli", NOT_FOR_THE_COMMAND_LINE), ("pipelines.commands.run", NEVER_AT_START)]
)
def test_starting_imports_nothing_slow(module: str, slow: set[str]) -> None:
    code = f"import sys, {module}; print(*(set(m.split('.')[0] for m in sys.modules) & {slow!r}))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_help_is_chinese_and_names_every_command() -> None:
    answer = jixiao("--help")
    assert answer.returncode == 0
    for word in (*COMMANDS, "选项", "命令", "工作目录"):
        assert word in answer.stdout
    assert "Show this message" not in answer.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str) -> None:
    answer = jixiao(command, "--help")
    assert answer.returncode == 0
    assert "显示本说明" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "没有命令 'nonsense'"),
        (["run", "--nonsense"], "没有选项 --nonsense"),
        (["inspect"], "缺少「文件」"),
        (["inspect", "absent.docx"], "没有文件 absent.docx"),
        (["parse", "--year", "x"], "「--year」的值不对"),
        (["run", "--inbox", "absent"], "没有收件目录 absent"),
        (["sql", "select 1"], "还没有数据库"),
        (["publish"], "还没有数据库"),
        (["serve", "--cron", "at night"], "写法不对"),
    ],
)
def test_wrong_usage_is_told_in_chinese_on_standard_error(arguments: list[str], said: str, tmp_path: Path) -> None:
    answer = jixiao(*arguments, cwd=tmp_path)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""


def test_home_is_taken_before_and_after_the_command_and_from_the_environment(tmp_path: Path) -> None:
    before = jixiao("--home", "a", "sql", "select 1", cwd=tmp_path)
    after = jixiao("--home", "a", "sql", "select 1", "--home", "b", cwd=tmp_path, JIXIAO_HOME="c")
    environment = jixiao("sql", "select 1", cwd=tmp_path, JIXIAO_HOME="c")
    default = jixiao("sql", "select 1", cwd=tmp_path)
    for answer, home in ((before, "a"), (after, "b"), (environment, "c"), (default, "county")):
        assert f"{home} 中还没有数据库" in answer.stderr


def test_parse_answers_line_by_line_with_the_contracts_fields() -> None:
    answer = jixiao("parse", "--year", "2023", stdin="≥95%\n≤0.75万元/村\n\n年底前\n优")
    assert answer.returncode == 0
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    fields = ["raw", "target_kind", "comparator", "value_low", "value_high", "unit", "due_date", "grade"]
    assert all(list(line)[: len(fields)] == fields for line in lines)
    assert [line["raw"] for line in lines] == ["≥95%", "≤0.75万元/村", "", "年底前", "优"]
    assert (lines[1]["target_kind"], lines[1]["value_high"], lines[1]["unit"]) == ("money", 7500, "元/村")
    assert lines[3]["due_date"] == "2023-12-31"
    assert lines[4]["grade"] == "优"


def test_a_mistake_in_the_countys_file_stops_the_run_and_names_the_line(tmp_path: Path) -> None:
    config = tmp_path / "county" / "config"
    config.mkdir(parents=True)
    (config / "terms.csv").write_text(
        "kind,raw,level2_group,unit_family,canonical,decision,note\nindicator,甲,,,乙,perhaps,\n", encoding="utf-8-sig"
    )
    answer = jixiao("run", cwd=tmp_path)
    assert answer.returncode == 1
    assert "terms.csv 第2行" in answer.stderr
    assert not (tmp_path / "county" / "parquet").exists()


def test_an_unexpected_error_shows_no_traceback_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "county").write_text("a file where the home should be", encoding="utf-8")
    plain = jixiao("run", cwd=tmp_path)
    assert plain.returncode == 1
    assert "Traceback" not in plain.stderr
