"""Credential values: the site as an issuer, with all public addresses of credentials, and what was achieved."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issuer:
    """The site as who issues: `address` is that at which people come, without a slash at the end.

    Whoever verifies a credential follows these addresses, for years, so they stay as they are.
    """

    address: str
    name: str

    @property
    def id(self) -> str:
        return f"{self.address}/credentials/issuer"

    @property
    def status_list(self) -> str:
        return f"{self.address}/credentials/status/1"

    def key(self, thumbprint: str) -> str:
        """Return where a public key is to be had: the specification wants this as the `kid` of a signature."""
        return f"{self.address}/credentials/keys/{thumbprint}"

    def achievement(self, program: str) -> str:
        return f"{self.address}/credentials/programs/{program}"

    def certificate(self, certificate_id: str) -> str:
        return f"{self.address}/verify/{certificate_id}"


@dataclass(frozen=True, slots=True)
class Achievement:
    """What a program's certificate says was achieved; `program` is its slug."""

    program: str
    title: str
    description: str
