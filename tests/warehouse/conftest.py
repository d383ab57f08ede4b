"""The invented county, built once for all tests of the marts."""

import pytest
from invented_county import DEADLINES, REGISTRY, STANDARDS, County, build_home, draw_county


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Two years of eight townships, with registry, deadlines and standards."""
    config = {"townships.csv": REGISTRY, "deadlines.csv": DEADLINES, "standards.csv": STANDARDS}
    return build_home(tmp_path_factory.mktemp("county"), draw_county(), config)
