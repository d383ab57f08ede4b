"""The console that results are printed to."""

import os
import sys

from rich.console import Console


class PatientConsole(Console):
    """A Rich console that goes on in silence when its reader leaves (as ``head`` does): the exit code stays the job's."""

    def on_broken_pipe(self) -> None:
        """Print into the void from here on."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
