"""Names of made-up students: given and family names from many places. Pure."""

from random import Random

_GIVEN = """
Amira Anouk Bilal Bruno Chiara Daria Diego Edda Elif Emre Esra Farid Femke Finn Greta Hana Ida Imre Inês Ivo Jamal
Jonas Juna Kaito Karim Katya Lea Leon Liv Luca Maja Malik Mara Matteo Mei Mila Nadia Naomi Nils Noor Oskar Paula Petra
Rafael Rana Ravi Rosa Sami Selma Sofia Tariq Thea Tomás Uma Viktor Wanda Yara Yusuf Zoe
"""
_FAMILY = """
Adeyemi Bauer Castro Demir Eriksen Fischer Gomes Haddad Ito Jansen Kaya Larsen Moreau Nowak Okafor Petrov Quist Rossi
Silva Tanaka Ueda Vargas Weber Xu Yilmaz Zimmer
"""
GIVEN, FAMILY = tuple(_GIVEN.split()), tuple(_FAMILY.split())


def full_names(rng: Random, count: int) -> list[str]:
    """Return so many different names, no given name twice while there are enough."""
    given: list[str] = []
    while len(given) < count:
        given += rng.sample(GIVEN, len(GIVEN))
    family = [rng.choice(FAMILY) for _ in range(count)]
    names = [f"{one} {other}" for one, other in zip(given, family, strict=False)]
    return names if len(set(names)) == count else full_names(rng, count)
