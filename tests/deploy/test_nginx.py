"""nginx as it is shipped: it takes the configuration, and holds off what would hold Learnapp up."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from time import monotonic

import pytest

from learnapp.web.http.headers import ALWAYS, HSTS
from tests.databases import new_database
from tests.deploy.nginx import SHIPPED, Nginx
from tests.faults.serving import MakeRun

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed"),
]
REFUSED = "This is not here, cannot be read, or is too much at once.\n"
HEADERS = {**ALWAYS, "Strict-Transport-Security": HSTS}


class BehindNginx(MakeRun):
    url = "https://learn.example"

    def start(self) -> None:
        self.env |= {"LEARNAPP_PUBLIC_URL": self.url, "LEARNAPP_PROXY_HOPS": "1", "LEARNAPP_METRICS": "loopback"}
        super().start()


class BelowAPath(BehindNginx):
    url = "https://learn.example/learn"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """Give nginx in front of a server as an operator runs both."""
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "nginx").mkdir()
    with (
        new_database("sqlite", folder) as url,
        BehindNginx(url, folder) as server,
        Nginx(folder / "nginx", server.port) as running,
    ):
        yield running


def has_all_headers(answer: HTTPResponse) -> bool:
    return all(answer.headers.get_all(name) == [value] for name, value in HEADERS.items())


def test_the_headers_that_nginx_sends_are_those_of_the_app() -> None:
    lines = (SHIPPED / "headers.conf").read_text().splitlines()[1:]
    assert lines == [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]


@pytest.mark.parametrize("site", ["site.conf", "below-a-path.conf"])
def test_nginx_takes_the_configuration(tmp_path: Path, site: str) -> None:
    said = Nginx(tmp_path, 8000, site).check()
    assert "test is successful" in said
    assert "[warn]" not in said.replace('"ssl_stapling" ignored', "")


def test_pages_come_with_safe_cookies_and_each_header_once(nginx: Nginx) -> None:
    answer, text = nginx.get("/")
    assert answer.status == 200
    assert "<h1" in text
    assert has_all_headers(answer)
    sign_up, _text = nginx.get("/account/sign-up")
    assert "__Host-session=" in str(sign_up.headers["Set-Cookie"])


def test_http_leads_to_https(nginx: Nginx) -> None:
    answer = nginx.plain("/support?a=1")
    assert (answer.status, answer.headers["Location"]) == (301, "https://learn.example/support?a=1")


def test_a_form_passes_only_with_the_site_s_own_referrer(nginx: Nginx) -> None:
    """So that the scheme that nginx tells is known to be believed."""
    answer, _text = nginx.get("/display", b"theme=dark", **{"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 400


def test_built_files_are_kept_for_ever(nginx: Nginx) -> None:
    _answer, text = nginx.get("/")
    path = text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    for _ in range(2):
        answer, _css = nginx.get(path, None, **{"Accept-Encoding": "br"})
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, "br")
        assert "immutable" in answer.headers["Cache-Control"]
        assert has_all_headers(answer)
    assert any(file.is_file() for file in (nginx.folder / "cache").rglob("*"))


def test_what_nginx_refuses_by_itself_has_the_words_and_the_headers_of_all(nginx: Nginx) -> None:
    for status, (answer, text) in (
        (413, nginx.get("/display", b"a" * 2_200_000)),
        (400, nginx.get("/", None, **{"X-Long": "a" * 40_000})),
        (404, nginx.get("/metrics")),
    ):
        assert answer.status == status
        assert text == REFUSED
        assert has_all_headers(answer)
        assert answer.headers["Server"] in {"nginx", None}


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl, which speaks HTTP/2, is not installed")
def test_a_body_too_long_by_http_2_is_refused_in_the_same_words(nginx: Nginx) -> None:
    command = ["curl", "-sk", "--http2", "--data-binary", "@-", f"https://127.0.0.1:{nginx.https}/display"]
    done = subprocess.run(command, input=b"a" * 2_200_000, capture_output=True, check=False)
    assert done.stdout.decode() == REFUSED


def test_probes_pass_and_tell_strangers_nothing(nginx: Nginx) -> None:
    assert nginx.get("/readyz")[1].strip() == '{"ready":true}'
    assert nginx.get("/healthz", Host="10.0.3.7")[0].status == 200


def test_half_sent_requests_leave_pages_answering(nginx: Nginx) -> None:
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    head = b"POST /display HTTP/1.1\r\nHost: learn.example\r\nContent-Length: 5000\r\n\r\nhello!"
    held = []
    for _ in range(100):
        one = trust.wrap_socket(socket.create_connection(("127.0.0.1", nginx.https)))
        one.sendall(head)
        held.append(one)
    begun = monotonic()
    assert nginx.get("/support")[0].status == 200
    assert monotonic() - begun < 5  # not once they have been given up, after 15 s
    for one in held:
        one.close()


def test_the_log_names_nobody(nginx: Nginx) -> None:
    nginx.get("/search?q=canary-7f3a", None, **{"User-Agent": "canary-7f3a"})
    log = (nginx.folder / "learnapp.log").read_text()
    assert " GET 200 " in log
    assert "127.0.0.1" not in log
    assert "canary-7f3a" not in log


def test_a_server_that_is_away_is_said_in_words(tmp_path: Path) -> None:
    with Nginx(tmp_path, 1) as running:
        answer, text = running.get("/")
    assert (answer.status, answer.headers["Retry-After"]) == (502, "5")
    assert text.startswith("This cannot be answered just now.")
    assert has_all_headers(answer)


@pytest.mark.long
def test_below_a_path_everything_stays_there(tmp_path: Path) -> None:
    folder = tmp_path / "nginx"
    folder.mkdir()
    with (
        new_database("sqlite", tmp_path) as url,
        BelowAPath(url, tmp_path) as server,
        Nginx(folder, server.port, "below-a-path.conf") as running,
    ):
        assert running.get("/learn")[0].headers["Location"].endswith("/learn/")
        answer, text = running.get("/learn/")
        assert answer.status == 200
        path = text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert path.startswith("/learn/static/")
        assert running.get(path)[0].status == 200
        sign_up, _text = running.get("/learn/account/sign-up")
        assert "__Secure-session=" in str(sign_up.headers["Set-Cookie"])
        assert "Path=/learn" in str(sign_up.headers["Set-Cookie"])
        assert running.get("/learn/metrics")[0].status == 404


def test_below_a_path_bounds_and_log_are_ours_and_the_host_keeps_its_own(tmp_path: Path) -> None:
    with Nginx(tmp_path, 1, "below-a-path.conf") as running:
        away, away_text = running.get("/learn/search?q=canary-7f3a")
        too_long, too_long_text = running.get("/learn/display", b"a" * 2_200_000)
        metrics, metrics_text = running.get("/learn/metrics")
        host, host_text = running.get("/nothing-of-ours")
    assert (away.status, away_text.partition(".")[0]) == (502, "This cannot be answered just now")
    assert (too_long.status, too_long_text) == (413, REFUSED)
    assert (metrics.status, metrics_text) == (404, REFUSED)
    assert has_all_headers(away)
    assert has_all_headers(metrics)
    assert "Host" in host_text
    assert host.headers["Content-Security-Policy"] is None
    log, of_the_host = ((tmp_path / name).read_text() for name in ("learnapp.log", "host.log"))
    assert [status for status in (502, 413, 404) if f" {status} " not in log] == []
    assert "127.0.0.1" not in log
    assert "/nothing-of-ours" in of_the_host
    assert "/learn" not in of_the_host
