"""Networks: whose tries are counted together, told by the address from which somebody comes."""

import ipaddress
import re

# What one line of a home or a school gets of IPv6 is this large, or a part of it.
IPV6_BITS = 56
WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d+)?|([^:]*):\d+")


def network_of(text: str) -> str:
    """Return an IPv4 address, or the /56 of an IPv6 one, each with a port or without; raises ValueError."""
    found = WITH_PORT.fullmatch(text.strip())
    host = (found[1] or found[2] or "") if found else text.strip()
    address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, IPV6_BITS), strict=False))
