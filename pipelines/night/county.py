"""What the county itself says about names: loaded from ``<home>/config``, applied when filings are read and stored."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.terminal.errors import CommandError
from transforms.names.indicators import name_indicator
from transforms.names.terms import Terms
from warehouse.county.files import CountyFileError
from warehouse.county.terms_file import load_terms
from warehouse.home import Home
from warehouse.store.renaming import Naming


@dataclass(frozen=True, slots=True)
class County:
    """The county's decisions about indicator names."""

    terms: Terms

    def naming(self) -> Naming:
        """Give the naming step as the store needs it, to name stored records anew when the terms changed.

        Terms are about indicators; a project's category stays as it was read, with its filing's own place taken out.
        """
        return Naming(self.terms.version, partial(name_indicator, terms=self.terms))


def terms_path(home: Home) -> Path:
    """Give the place of the county's terms."""
    return home.config / "terms.csv"


def load_county(home: Home) -> County:
    """Load and check the county's files; a mistake in them stops the run before it changes anything."""
    try:
        return County(load_terms(terms_path(home)))
    except CountyFileError as error:
        raise county_file_error(home, error) from error


def county_file_error(home: Home, error: CountyFileError) -> CommandError:
    """Say which line of which file a person has to mend."""
    return CommandError(f"{home.config} 中的文件有误：{error}。", "请用 Excel 或文本编辑器改正后再运行。")
