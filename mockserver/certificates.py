"""HTTPS for tests: a throw-away certificate authority, and a certificate of its for this machine."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["Certificates", "TrustmeMissing"]

_NAMES = ("localhost", "127.0.0.1", "::1")


class TrustmeMissing(Exception):
    """The extra `tls` is not installed."""

    def __init__(self) -> None:
        super().__init__("HTTPS needs trustme: pip install 'fauxdoo[tls]'")


@dataclass(frozen=True, slots=True)
class _Files:
    authority: Path
    certificate: Path
    key: Path


class Certificates:
    """Files in a folder of its own until `close`: made when first asked for, good for this machine and `host`.

    Nobody else trusts the authority, and its own key is kept nowhere. Asking raises TrustmeMissing where the extra is
    not installed.
    """

    def __init__(self, host: str = "") -> None:
        self._host = host

    @property
    def authority(self) -> Path:
        """The authority's certificate, which clients are to trust (PEM)."""
        return self._files.authority

    @property
    def certificate(self) -> Path:
        """The server's certificate (PEM)."""
        return self._files.certificate

    @property
    def key(self) -> Path:
        """The server's key (PEM)."""
        return self._files.key

    def server_context(self) -> ssl.SSLContext:
        """For a server's sockets."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def client_context(self) -> ssl.SSLContext:
        """For a client that trusts this authority and no other."""
        return ssl.create_default_context(cafile=str(self.authority))

    def close(self) -> None:
        """Remove the files, if they were made."""
        if "_folder" in self.__dict__:
            self._folder.cleanup()
            del self.__dict__["_folder"]
            self.__dict__.pop("_files", None)

    @cached_property
    def _folder(self) -> TemporaryDirectory[str]:
        return TemporaryDirectory(prefix="fauxdoo-tls-")

    @cached_property
    def _files(self) -> _Files:
        try:
            import trustme
        except ImportError as error:
            raise TrustmeMissing from error
        authority = trustme.CA(organization_name="Fauxdoo")
        names = dict.fromkeys([*_NAMES, *([self._host] if self._host not in ("", "0.0.0.0", "::") else [])])
        issued = authority.issue_cert(*names)
        folder = Path(self._folder.name)
        files = _Files(folder / "ca.pem", folder / "server.pem", folder / "server.key")
        authority.cert_pem.write_to_path(str(files.authority))
        issued.private_key_pem.write_to_path(str(files.key))
        for blob in issued.cert_chain_pems:
            blob.write_to_path(str(files.certificate), append=True)
        return files
