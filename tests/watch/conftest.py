"""A mail server that answers as told, a certificate for it, and a house with one complaint in it."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from tests.watch.house import a_complaint
from tests.watch.mail_server import MailServer


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key, in one file, made by nobody but itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    folder = tmp_path_factory.mktemp("tls")
    both = folder / "both.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "30000", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")),
        ],
        check=True,
        capture_output=True,
    )
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    """A client that trusts this certificate, and checks it."""
    return ssl.create_default_context(cafile=str(certificate))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own for what the desk keeps beside the database."""
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def complaint(cast: Cast, home: Path, monday_ten: datetime) -> models.Case:
    """A case that Rosa Quill opened by mail on Monday at ten, its acknowledgement not sent yet."""
    return a_complaint(cast, at=monday_ten)
