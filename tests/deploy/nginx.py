"""nginx with the configuration that is shipped, on free ports and a certificate of its own."""

import os
import shutil
import ssl
import subprocess
import time
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from types import TracebackType
from typing import Self

from learnapp.config.settings import ROOT
from tests.faults.serving import free_port

SHIPPED = ROOT / "deploy" / "nginx"
MAIN = """
{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log crit; worker_processes 1;
events {{ worker_connections 512; }}
http {{
    access_log {folder}/host.log; root {folder}/nothing;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/learnapp.conf;
}}
"""


class Nginx:
    """A running nginx in front of a port; use it in a `with` statement."""

    def __init__(self, folder: Path, upstream: int, site: str = "site.conf") -> None:
        self.folder, self.http, self.https = folder, free_port(), free_port()
        shutil.copytree(SHIPPED, folder / "learnapp")
        make_certificate(folder)
        (folder / "cache").mkdir()
        bounds = "include /etc/nginx/learnapp/bounds.conf;"
        changes = {
            # A host with other things has words of its own, and its usual log.
            **({} if site == "site.conf" else {bounds: "error_page 404 /own; location = /own { return 200 Host; }"}),
            "127.0.0.1:8000": f"127.0.0.1:{upstream}",
            "/etc/nginx/learnapp/site.conf": f"{folder}/learnapp/{site}",
            "/etc/nginx/learnapp": f"{folder}/learnapp",
            "/etc/letsencrypt/live/learn.example": str(folder),
            "/var/log/nginx": str(folder),
            "/var/lib/nginx": f"{folder}/cache",
            "listen 80;\n    listen [::]:80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ssl http2;\n    listen [::]:443 ssl http2;": f"listen 127.0.0.1:{self.https} ssl http2;",
        }
        for file in (folder / "learnapp").iterdir():
            text = file.read_text()
            for usual, own in changes.items():
                if usual == bounds and file.name != "learnapp.conf":
                    continue
                text = text.replace(usual, own)
            file.write_text(text)
        shutil.move(folder / "learnapp" / "learnapp.conf", folder / "learnapp.conf")
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
        self._command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
        self._process: subprocess.Popen[bytes] | None = None

    def check(self) -> str:
        """Return what `nginx -t` says."""
        done = subprocess.run([*self._command, "-t"], capture_output=True, text=True, check=False)
        return done.stderr

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while True:
            try:
                self.get("/nothing")
                return self
            except OSError:
                assert time.monotonic() < end, self.check()
                time.sleep(0.05)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(20)

    def connection(self) -> HTTPSConnection:
        """Return a connection by TLS that trusts this certificate."""
        trust = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        trust.check_hostname = False  # it is of learn.example, and we connect to this machine
        return HTTPSConnection("127.0.0.1", self.https, timeout=10, context=trust)

    def get(self, path: str, body: bytes | None = None, **headers: str) -> tuple[HTTPResponse, str]:
        """Return an answer and its text."""
        connection = self.connection()
        connection.request("GET" if body is None else "POST", path, body, {"Host": "learn.example", **headers})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer, text

    def plain(self, path: str) -> HTTPResponse:
        """Return the answer without TLS."""
        connection = HTTPConnection("127.0.0.1", self.http, timeout=10)
        connection.request("GET", path, headers={"Host": "learn.example"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer


def make_certificate(folder: Path) -> None:
    """Write a certificate of learn.example that nobody else trusts."""
    files = ("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"))
    kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    command = ["openssl", "req", *kind, "-subj", "/CN=learn.example", *files]
    subprocess.run(command, check=True, capture_output=True)
