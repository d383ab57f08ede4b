"""The lock file: every package pinned with hashes, no registry address, and in step with pyproject.toml."""

import re
import tomllib

import pytest

from tests.places import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRIES = [entry for entry in re.split(r"\n(?=\S)", LOCK.strip()) if not entry.startswith("#")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def package_name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s;=<>\[~!]", requirement, maxsplit=1)[0]).lower()


def test_holds_no_registry_address() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", LOCK)


def test_every_entry_is_pinned_and_hashed() -> None:
    assert ENTRIES
    for entry in ENTRIES:
        assert re.match(r"[A-Za-z0-9._-]+(\[[^\]]+\])?==[^\s;]+", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry[:80]


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"])
def test_every_dependency_is_locked(requirement: str) -> None:
    assert package_name(requirement) in {package_name(entry) for entry in ENTRIES}
