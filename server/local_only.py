"""Who counts as sitting at this machine: both the caller's address and the name it asked for are of the loopback.

The address alone is not enough: a page of another site can point its own name at 127.0.0.1 (DNS rebinding), and a
proxy on this machine calls from 127.0.0.1 for everybody.
"""

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def is_local(request: Request) -> bool:
    """Tell whether the request comes from this machine, by a loopback name, through no proxy."""
    if any(name in request.headers for name in _PROXY_HEADERS):
        return False
    return _is_loopback(request.client.host if request.client else "") and _has_local_name(request)


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def _has_local_name(request: Request) -> bool:
    return host_name(request.headers.get("host", "")) in _LOCAL_NAMES


def host_name(host: str) -> str:
    """Return the name in a Host header without its port.

    >>> host_name("localhost:8501"), host_name("[::1]:8501"), host_name("127.0.0.1")
    ('localhost', '::1', '127.0.0.1')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].casefold()
    return host.partition(":")[0].casefold()
