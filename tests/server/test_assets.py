import pytest

from server.assets import ICON, PLOTLY, SIGN_IN_STYLE, STYLE, Asset
from tests.server.client import Browser
from ui import live_chart


@pytest.mark.parametrize("asset", [STYLE, SIGN_IN_STYLE, ICON, PLOTLY], ids=lambda asset: asset.path)
def test_a_file_is_kept_for_good_at_the_address_of_its_version_and_asked_for_again_at_any_other(
    browser: Browser, asset: Asset
) -> None:
    current = browser.get(asset.address)
    assert (current.status, current.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert current.headers["content-type"].startswith(asset.media_type)
    assert browser.get(f"{asset.path}?v=cu").headers["cache-control"] == "no-cache"


def test_charts_that_follow_find_their_script_where_the_server_has_it() -> None:
    assert PLOTLY.address == live_chart.LIBRARY
