"""The commented copies of townships' Word files, kept so that each is made once for the same remarks."""

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from extractors.reading import run_guarded
from extractors.rejection import RejectedFile
from warehouse.home import Home
from warehouse.program import RETURNED, program_version
from warehouse.publication.returned.comments import ReturnJob, write_commented
from warehouse.publication.returned.remarks import Remark
from warehouse.publication.sources.pages import check_made, find_bytes, find_document


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies that a home keeps; missing ones are made from the bytes found below ``places``."""

    home: Home
    places: Sequence[Path]

    def find(self, filing_id: str, remarks: tuple[Remark, ...]) -> Path | None:
        """Give the copy of a filing with these remarks; None where its bytes are gone or nothing can be written into it."""
        path = self._path(filing_id, remarks)
        return path if path.is_file() else None

    def make(self, wanted: Mapping[str, tuple[str, tuple[Remark, ...]]], dated: datetime) -> None:
        """Make the copies (filing → file name, remarks) that are not there yet, and let those go that nobody wants.

        Raises OSError where the disk or the network keeps one from being made.
        """
        paths = {filing_id: self._path(filing_id, remarks) for filing_id, (_, remarks) in wanted.items()}
        if self.home.returned.is_dir():
            for old in set(self.home.returned.iterdir()) - set(paths.values()):
                old.unlink()
        lacking = {filing_id: wanted[filing_id] for filing_id, path in paths.items() if not path.is_file()}
        found = (
            find_bytes({filing_id: name for filing_id, (name, _) in lacking.items()}, self.places) if lacking else {}
        )
        if not found:
            return
        self.home.returned.mkdir(parents=True, exist_ok=True)
        jobs = [
            ReturnJob(
                source,
                paths[filing_id].with_suffix(".new"),
                lacking[filing_id][1],
                dated,
                find_document(self.home, filing_id),
            )
            for filing_id, source in sorted(found.items())
        ]
        for job, result in run_guarded(write_commented, jobs, workers=os.cpu_count() or 1):
            check_made(job.path, result, "反馈附件")
            if not isinstance(result, RejectedFile) and job.target.is_file():
                shutil.move(job.target, job.target.with_suffix(".docx"))

    def _path(self, filing_id: str, remarks: tuple[Remark, ...]) -> Path:
        said = hashlib.sha256(f"{filing_id} {remarks!r} {program_version(RETURNED)}".encode()).hexdigest()
        return self.home.returned / f"{said[:32]}.docx"
