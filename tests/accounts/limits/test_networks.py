"""Networks: one client is one of them, however its address is written, and junk is nobody's."""

import pytest

from learnapp.accounts.limits.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:51234", "192.0.2.7"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:443", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/56"),
        ("2001:db8:1:ff:ffff::1", "2001:db8:1::/56"),
        ("[2001:db8:1:2::1]", "2001:db8:1::/56"),
        ("[2001:db8:1:2::1]:51234", "2001:db8:1::/56"),
        ("2001:db8:1:100::1", "2001:db8:1:100::/56"),
        ("fe80::1%eth0", "fe80::/56"),
    ],
)
def test_one_client_is_one_network_however_its_address_is_written(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    "junk", ["", "unknown", "_hidden", "unix:/run/app", "192.0.2", "192.0.2.7:x", "[]:1", "a:1", "999.1.1.1"]
)
def test_what_is_no_address_is_refused(junk: str) -> None:
    with pytest.raises(ValueError, match="address"):
        network_of(junk)
