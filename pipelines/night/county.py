"""What the county itself says: loaded from ``<home>/config``, applied when records are made and stored."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pipelines.terminal.errors import CommandError
from transforms.decisions import Decision
from transforms.forms.taught import NO_HEADINGS, Headings
from transforms.names.categories import name_project
from transforms.names.indicators import name_indicator
from transforms.names.terms import Terms
from warehouse.county.decisions import load_decisions
from warehouse.county.files import CountyFileError
from warehouse.county.headings_file import load_headings
from warehouse.county.terms_file import load_terms
from warehouse.home import Home
from warehouse.store.renaming import Naming


@dataclass(frozen=True, slots=True)
class County:
    """Its decisions about names of indicators and kinds of projects, the headings that it has taught, and its decisions about cells, by sha256.

    Headings and decisions change what is found in a Document: a filing whose ``lesson`` changed is made anew from its
    kept Document. Terms only change names, which the store replaces.
    """

    terms: Terms
    headings: Headings = NO_HEADINGS
    decisions: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)

    def lesson(self, sha256: str) -> str:
        """Name what a filing is read with besides the program: the taught headings, and the decisions about its cells."""
        taught = (sorted(self.headings.headers.items()), sorted(self.headings.heads.items()))
        said = [repr(one) for one in self.decisions.get(sha256, ())]
        if not any(taught) and not said:
            return ""
        return hashlib.sha256(repr((taught, said)).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def naming(self) -> Naming:
        """Give the naming step as the store needs it, to name stored records anew when the terms changed."""
        return Naming(
            self.terms.version, partial(name_indicator, terms=self.terms), partial(name_project, terms=self.terms)
        )


def terms_path(home: Home) -> Path:
    """Give the place of the county's terms."""
    return home.config / "terms.csv"


def load_county(home: Home) -> County:
    """Load and check the county's files; a mistake in them stops the run before it changes anything."""
    try:
        decisions: dict[str, tuple[Decision, ...]] = {}
        for one in load_decisions(home.config / "decisions.csv"):
            decisions[one.sha256] = (*decisions.get(one.sha256, ()), one)
        headings = load_headings(home.config / "headings.csv")
        return County(load_terms(terms_path(home)), headings, decisions)
    except CountyFileError as error:
        raise county_file_error(home, error) from error


def county_file_error(home: Home, error: CountyFileError) -> CommandError:
    """Say which line of which file a person has to mend."""
    return CommandError(f"{home.config} 中的文件有误：{error}。", "请用 Excel 或文本编辑器改正后再运行。")
