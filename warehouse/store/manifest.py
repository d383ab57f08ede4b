"""The manifest: what is known of the inbox's files, so that a night without changes opens none of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.files import write_if_changed
from warehouse.store.received import ReceivedFile

_FORM = 1


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the bytes of a file were not loaded, and by which pipeline version."""

    reason: str
    detail: str
    pipeline_version: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``files`` by inbox path, ``filings`` (id → pipeline version that read it), ``refusals`` by sha256.

    ``terms`` names the county's terms that the stored names were made with.
    """

    files: Mapping[str, ReceivedFile] = field(default_factory=dict)
    filings: Mapping[str, str] = field(default_factory=dict)
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    terms: str | None = None


def read_manifest(path: Path) -> Manifest:
    """Read the manifest; an empty one where nothing was ever committed."""
    if not path.exists():
        return Manifest()
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["form"] != _FORM:
        raise ValueError(f"{path}: manifest form {content['form']} is not {_FORM}")
    return Manifest(
        files={name: ReceivedFile(name, *facts) for name, facts in content["files"].items()},
        filings=content["filings"],
        refusals={sha256: Refusal(*facts) for sha256, facts in content["refusals"].items()},
        terms=content["terms"],
    )


def write_manifest(path: Path, manifest: Manifest) -> bool:
    """Replace the manifest in one step; equal content gives equal bytes. Tell whether it was written."""
    content = {
        "form": _FORM,
        "terms": manifest.terms,
        "files": {name: [file.size, file.mtime_ns, file.sha256] for name, file in sorted(manifest.files.items())},
        "filings": dict(sorted(manifest.filings.items())),
        "refusals": {
            sha256: [refusal.reason, refusal.detail, refusal.pipeline_version]
            for sha256, refusal in sorted(manifest.refusals.items())
        },
    }
    return write_if_changed(path, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
