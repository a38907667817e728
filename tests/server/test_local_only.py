import pytest
from starlette.requests import Request

from server.local_only import is_local


def a_request(client: str = "127.0.0.1", **headers: str) -> Request:
    named = {"host": "localhost:8501"} | {name.replace("_", "-"): text for name, text in headers.items()}
    raw = [(name.encode(), text.encode()) for name, text in named.items()]
    return Request({"type": "http", "client": (client, 50_000), "headers": raw})


@pytest.mark.parametrize("client", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "LOCALHOST:8501", "127.0.0.1:80", "[::1]:8501"])
def test_a_browser_on_this_machine_is_local(client: str, host: str) -> None:
    assert is_local(a_request(client, host=host))


@pytest.mark.parametrize("client", ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1", "", "unix"])
def test_another_machine_is_not_local_whatever_host_it_names(client: str) -> None:
    assert not is_local(a_request(client))


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""])
def test_a_name_that_only_points_at_this_machine_is_not_local(host: str) -> None:
    assert not is_local(a_request(host=host))


@pytest.mark.parametrize("header", ["forwarded", "x_forwarded_for", "x_forwarded_host", "x_real_ip"])
def test_nobody_behind_a_proxy_is_local(header: str) -> None:
    assert not is_local(a_request(**{header: "127.0.0.1"}))
