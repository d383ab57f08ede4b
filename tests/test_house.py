"""The house: its top level, which room may ask which, its names, and nothing of one machine in tracked files."""

import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from tests.places import ROOT

TOP_LEVEL = {
    *("pyproject.toml", "pipelines", "extractors", "transforms", "warehouse", "sql", "tests", "README.md"),
    *("README.zh-CN.md", "Makefile", "requirements.lock", ".ci", ".gitignore"),
    *("CONTRIBUTING.md", "CHANGELOG.md", ".pre-commit-config.yaml"),
}
"""As the customer fixed it; beside it what tools and people who join need."""
HALLS = ("extractors", "transforms", "warehouse", "sql", "pipelines")
MOST_MODULES = 18
"""So many files a person still takes in at a glance; where there are more, the folder has rooms that want a name."""
MOST_LINES = 300
"""So long a file still answers one question."""
TEXT_ENDINGS = {".py", ".sql", ".md", ".toml", ".csv", ".txt", ".lock", ".html", ".css", ".js", ".json", ".sh", ""}


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def test_top_level_is_the_customers() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked_files()} == TOP_LEVEL


def test_rooms_ask_only_what_stands_below_them() -> None:
    """The contracts stand in pyproject.toml; a room that is missing there is named."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_no_file_bears_its_folders_name_as_a_prefix() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.relative_to(ROOT).parts[0] in HALLS
        and path.name.startswith((f"{path.parent.name}_", "utils", "helpers", "common"))
    ]
    assert not wrong, wrong


def test_no_folder_holds_more_modules_than_a_person_takes_in() -> None:
    modules = (path for path in tracked_files() if path.suffix in {".py", ".sql"} and path.name != "__init__.py")
    held = Counter(path.parent for path in modules)
    wrong = {str(folder.relative_to(ROOT)): count for folder, count in held.items() if count > MOST_MODULES}
    assert not wrong, wrong


def test_no_module_is_longer_than_a_person_reads_at_once() -> None:
    modules = (path for path in tracked_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in HALLS)
    lines = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in modules}
    wrong = {name: count for name, count in lines.items() if count > MOST_LINES}
    assert not wrong, wrong


def test_one_word_names_one_class() -> None:
    places = defaultdict(list)
    for path in tracked_files():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in HALLS:
            for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
                places[name].append(str(path.relative_to(ROOT)))
    twice = {name: found for name, found in places.items() if len(found) > 1}
    assert not twice, twice


def test_text_is_folded_in_one_place() -> None:
    """Compatibility forms by hand turn ① into 1; ``transforms/words/folding.py`` knows what must stay."""
    by_hand = re.compile(r"""normalize\(\s*["']NFK""")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in HALLS and by_hand.search(path.read_text("utf-8"))
    ]
    assert found == ["transforms/words/folding.py"]


def test_no_file_names_a_place_on_one_machine() -> None:
    """Absolute paths into homes, temporary folders and work trees mean nothing on another machine."""
    machine_path = re.compile(r"(?<![\w.}/])/(?:work|root|home|tmp|Users|farm|mnt)/(?!\*)\w")
    for path in tracked_files():
        if path.suffix in TEXT_ENDINGS:
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
                assert not machine_path.search(line), f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"


def test_files_that_the_documents_name_are_there() -> None:
    """A newcomer is led by them: where is ≤7500元 read, a heading recognised, a letter written, a cost judged high? (``config/`` is a home's.)"""
    tracked = [f"/{path.relative_to(ROOT).as_posix()}" for path in tracked_files()]
    named = re.compile(r"`(?!config/)((?:[\w.-]+/)*[\w.-]+\.(?:py|sql)|(?:[\w.-]+/)+[\w.-]+\.(?:csv|md|toml))`")
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in tracked_files()
        if path.suffix == ".md" and path.name != "CHANGELOG.md"
        for name in named.findall(path.read_text(encoding="utf-8"))
        if not any(file.endswith(f"/{name}") for file in tracked)
    ]
    assert not missing, missing
