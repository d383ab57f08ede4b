"""All mistakes of the county's files at once: somebody who corrects a table wants the whole list, not the first line."""

from collections.abc import Iterator
from pathlib import Path

from warehouse.county.files import CountyFileError, read_sound_rows


class Mistakes:
    """Gathers what is wrong while files are read; each is said with file, line and column."""

    def __init__(self) -> None:
        """Begin with none."""
        self._said: list[str] = []

    def rows(self, path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        """Give the rows of a file that does not stop the reading of the others where it cannot be read at all."""
        try:
            rows, too_long = read_sound_rows(path, columns)
        except CountyFileError as error:
            self._said.append(str(error))
            return
        self._said += too_long
        yield from rows

    def add(self, path: Path, line: int, column: str, said: str) -> None:
        """Note a mistake in a cell."""
        self._said.append(f"{path.name} 第{line}行 {column}列：{said}")

    def note(self, error: CountyFileError) -> None:
        """Note what another reader of such files found."""
        self._said.append(str(error))

    def refuse(self) -> None:
        """Raise CountyFileError with every mistake, one a line, where there is any."""
        if self._said:
            raise CountyFileError("\n".join(self._said))
