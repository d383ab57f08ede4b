"""Where tests find the project, its shipped filings, and the material that lies beside the project."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "pipelines" / "samples" / "filings"
SHARED = ROOT.parent / "shared"
