"""What only the flow tests share: a trained head."""

import pytest

from tests.flow.score_made import Made, make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A head trained on a small world. Tests that use it carry the group score-head, so that it is trained once."""
    return make(tmp_path_factory.mktemp("bundles") / "vawg_suspect-1")
