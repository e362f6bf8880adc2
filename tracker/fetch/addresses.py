"""A server's name in, the addresses at which it may be asked out.

Letters and feeds name other servers, and a server may redirect: none of them may make this
program ask the machine it runs on, the network around it, or a cloud's metadata service.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")


class ForbiddenAddress(Exception):
    """A server whose only addresses are private; the message says which."""


def resolve(host: str, port: int, *, private: bool = False) -> list[str]:
    """The addresses of `host` that may be connected to, in the resolver's order.

    The caller connects to one of these and asks no resolver again: a name that answers
    differently a second time gains nothing. `private` lets every address through.

    Raises `ForbiddenAddress` where none is public, `OSError` where there is no such name.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [a for a in addresses if private or is_public(a)]
    if not allowed:
        raise ForbiddenAddress(f"{host} is at a private address ({', '.join(addresses[:3])})")
    return allowed


def is_public(address: str) -> bool:
    """Whether it is an address of the public internet, whatever form hides another in it."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def is_private_literal(host: str) -> bool:
    """Whether a host, as typed, is plainly one's own: a private address, or localhost."""
    name = host.lower().strip("[]").rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return not is_public(name)
