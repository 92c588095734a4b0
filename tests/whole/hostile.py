"""Requests that nobody sends by accident, made from those that work: the same ones at every run."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

HUGE = "x" * 2_000_000
DEEP = "[" * 100_000

TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "0",
    "-1",
    "00",
    "1e309",
    "NaN",
    "9" * 400,
    "2147483648",
    "9223372036854775808",
    "٣",
    "²",
    "１",
    "true",
    "null",
    "[]",
    "{}",
    "a" * 3000,
    "\u202e\u2066\u200b",
    "e\u0301" * 60,
    "\ufdfa" * 40,
    "ﬀ" * 40,
    "\U0010ffff",
    "\r\nSet-Cookie: a=b",
    "'; DROP TABLE users; --",
    "%00%0a",
    "%s%n",
    "{{7*7}}",
    "../../../etc/passwd",
    "${jndi:ldap://x}",
    "<script>alert(1)</script>",
    "=1+1",
    "//evil.example",
    "\\\\evil",
    "javascript:alert(1)",
    "a@b@c",
    "a@b.example\x00",
    "@",
    "\x7f\x1b[31m",
    "tea-single\x00",
    "1-tea/1-leaf",
)
# As bytes of a form, things can come that no text of Python's own encodes.
RAW = (b"%ED%A0%80", b"%FF%FE", b"%C0%AF", b"%00", b"%F4%90%80%80", b"\xff\xfe", b"%", b"%zz", b"%u0041")
BODIES: tuple[tuple[str | None, bytes], ...] = (
    ("application/json", b"{"),
    ("application/json", b"[]"),
    ("application/json", DEEP.encode()),
    ("application/json; charset=utf-99", b"{}"),
    ("multipart/form-data", b"a=b"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\n\r\n--x--"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a'),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\n\xff\r\n--x--\r\n',
    ),
    (
        "multipart/form-data; boundary=x; charset=nope",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=no\r\n\r\n'
        b"\xff\r\n--x--\r\n",
    ),
    ("multipart/form-data; boundary=" + "x" * 5000, b"--x"),
    ("text/xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"name=+ADw-"),
    ("application/x-www-form-urlencoded", b"&&&==&=a&a"),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(5000))),
    ("application/x-www-form-urlencoded", b"=" * 9000),
    ("\xff/\xfe", b"\x00"),
    (";;;", b"a"),
    ("a" * 5000, b"a"),
    (None, b"name=a"),
    ("", b"{}"),
)
HEAVY = (
    ("application/json", b'"' + HUGE.encode() + b'"'),
    ("application/x-www-form-urlencoded", b"name=" + HUGE.encode()),
)
HEADERS: tuple[dict[str, str], ...] = (
    {"Accept": "application/json"},
    {"X-Fragment": "attempt"},
    {"Accept": "\xff, ;;q=x, */*;q=9e9"},
    {"Accept-Language": "\x80;q=NaN," * 50},
    {"Accept-Encoding": "br;q=x, gzip;q=-1, \xfe"},
    {"Cookie": "session=\xff; display=theme%3D%00; =; a"},
    {"Cookie": "display=" + "%26theme%3Ddark" * 200},
    {
        "Cookie": "session=.eJwNyEEKgCAQ.aaaa.bbbb; "
        "display=neutral_titles=1&language=%ED%A0%80&time_zone=../../etc/passwd"
    },
    {"Content-Length": "-1"},
    {"Content-Length": "9" * 30},
    {"Content-Encoding": "gzip"},
    {"If-None-Match": '"\xff'},
    {"If-Modified-Since": "Thu, 99 Foo 0000"},
    {"Range": "bytes=9-1,-,x"},
    {"Referer": "http://localhost/\xff?\x00"},
    {"Referer": "//[::1"},
    {"Origin": "null"},
    {"User-Agent": "\xff" * 3000},
    {"X-Forwarded-For": "a, \xff", "X-Forwarded-Host": "evil", "X-Forwarded-Proto": "gopher"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Authorization": "Basic \xff"},
    {"Expect": "100-continue"},
    {"Transfer-Encoding": "chunked"},
    {"Host": "[::1"},
    {"Host": "a" * 300},
    {"Host": ""},
)
PIECES = (
    "%00",
    "%ED%A0%80",
    "%FF",
    "..%2f..",
    "%2e%2e",
    "%5c",
    "%0d%0aSet-Cookie:a=b",
    "a" * 5000,
    "-1",
    "0",
    "1.0",
    "1e9",
    "%D9%A3",
    "2147483647",
    "2147483648",
    "9" * 500,
    "%20",
    "%E2%80%AE",
    "<script>",
    "'%22",
    "{{7*7}}",
    ";a=b",
    "%25%32%66",
    "//",
    "",
)
QUERIES = (
    "q=%00",
    "q=-1",
    "q=0",
    "q=" + "9" * 400,
    "q=%D9%A3",
    "q=end%00",
    "q=%ED%A0%80",
    "q=1&q=2",
    "next=%ED%A0%80",
    "next=//evil.example",
    "next=" + "/a" * 3000,
    "next=%09//e",
    "next=%00",
    "everywhere=%FF",
    "=&&==",
    "%",
    "%zz=%u0041",
    "a" * 9000,
    "q[]=1",
    "q=1;next=2",
)


@dataclass(frozen=True)
class Request:
    """One request as the test client takes it."""

    path: str
    method: str
    data: bytes | None = None
    content_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    query: str | None = None

    def __str__(self) -> str:
        about = {
            "type": self.content_type,
            "headers": self.headers,
            "query": self.query,
            "data": (self.data or b"")[:80],
        }
        return f"{self.method} {self.path[:80]} " + " ".join(f"{k}={v!r:.100}" for k, v in about.items() if v)


def urlencoded(form: dict[str, Any]) -> bytes:
    return urlencode({name: str(value) for name, value in form.items()}).encode()


def about(path: str, method: str, form: dict[str, Any]) -> Iterator[Request]:
    """Yield every hostile request made from one that works."""
    body = urlencoded(form) if method == "POST" else None
    form_type = "application/x-www-form-urlencoded" if body is not None else None
    yield from (Request(path, method, body, form_type, headers) for headers in HEADERS)
    yield from (Request(path, method, body, form_type, query=query) for query in QUERIES)
    summary, _, last = path.rpartition("/")
    yield from (Request(f"{summary}/{piece}", method, body, form_type) for piece in PIECES)
    yield from (Request(f"{path}/{piece}", method, body, form_type) for piece in PIECES[:6])
    yield Request(f"{summary}/{last}\x00", method, body, form_type)
    yield from (Request(path, method, data, kind) for kind, data in BODIES)
    if method != "POST":
        return
    for name, given in [*form.items(), ("new", "1")]:
        rest = {key: value for key, value in form.items() if key != name}
        yield Request(path, method, urlencoded(rest), form_type)
        yield Request(path, method, (body or b"") + b"&" + urlencoded({name: given}), form_type)
        yield from (Request(path, method, urlencoded({**rest, name: text}), form_type) for text in TEXTS)
        start = urlencoded(rest) + b"&" + quote(name).encode() + b"="
        yield from (Request(path, method, start + raw, form_type) for raw in RAW)


def sample(path: str, method: str, form: dict[str, Any], most: int, whose: str = "") -> list[Request]:
    """Return at most so many of them, the same ones each time for the same address, method and sender."""
    every = list(about(path, method, form))
    chance = random.Random(f"{whose} {method} {re.sub('[0-9]+', '', path)}")
    return every if len(every) <= most else chance.sample(every, most)
