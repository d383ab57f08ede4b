"""Core tables for the tests of rules: made by hand, or from records."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
