"""Whom to count together when tries are limited."""

from __future__ import annotations

import ipaddress

from flask import request


def client_network() -> str:
    """Return the client's IPv4 address, or the /64 network that one IPv6 client owns."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
