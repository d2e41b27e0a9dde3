"""Settings: `MUSEUM_*` environment variables, each with a command-line option of the same name."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


def _setting(default: Any, text: str, **metadata: Any) -> Any:
    return field(default=default, metadata={"help": text, **metadata})


@dataclass(frozen=True)
class Settings:
    """How one server runs. `MUSEUM_DATA=/srv/museum` and `--data /srv/museum` say the same; the option wins."""

    data: Path = _setting(Path("data"), "folder for the database, the store and uploads under way", metavar="DIR")
    host: str = _setting("127.0.0.1", "address to listen on")
    port: int = _setting(8080, "port to listen on; 0 takes a free one", metavar="N")
    processes: int = _setting(1, "web server processes", metavar="N")
    workers: int = _setting(
        2, "background jobs at a time in this process; 0 leaves them to `museum worker`", metavar="N"
    )
    database_url: str = _setting(
        "", "sqlite+aiosqlite:///PATH or postgresql://…; default: SQLite in DIR", metavar="URL"
    )
    store_url: str = _setting("", "a folder or s3://bucket/prefix; default: DIR/store", metavar="URL")
    languages: str = _setting(
        "", "folder with a file for each language that is added; default: DIR/languages", metavar="DIR"
    )
    public_url: str = _setting(
        "", "address at which visitors reach this server, e.g. https://tour.example.org", metavar="URL"
    )
    trusted_proxies: int = _setting(0, "how many proxies before this server set X-Forwarded-For", metavar="N")
    log_format: str = _setting("text", "text or json", choices=("text", "json"))
    log_level: str = _setting("info", "debug, info, warning or error", choices=("debug", "info", "warning", "error"))
    max_upload_bytes: int = _setting(8 * 1024**3, "largest file that may be uploaded", metavar="BYTES")
    min_free_bytes: int = _setting(1024**3, "free disk space that uploads leave", metavar="BYTES")
    quota_bytes: int = _setting(0, "what all uploaded originals together may take; 0: no limit", metavar="BYTES")
    shutdown_seconds: int = _setting(20, "time for requests under way to finish when stopping", metavar="S")

    oidc_issuer: str = _setting("", "issuer of single sign-on (OpenID Connect), as it names itself", metavar="URL")
    oidc_client_id: str = _setting("", "what single sign-on's provider knows this museum as", metavar="ID")
    oidc_client_secret: str = _setting(
        "", "this museum's secret there; better given by the environment", metavar="SECRET"
    )
    oidc_name: str = _setting("", "what curators call single sign-on's provider, on the button", metavar="NAME")
    oidc_scopes: str = _setting("openid profile email", "what is asked of the provider", metavar="SCOPES")
    oidc_role_claim: str = _setting("", "claim that tells roles, e.g. groups or realm_access.roles", metavar="CLAIM")
    oidc_roles: str = _setting("", "roles by that claim's values: value=role, value=role", metavar="PAIRS")

    @property
    def resolved_database_url(self) -> str:
        """The database's address, SQLite in the data folder where none is set."""
        return self.database_url or f"sqlite+aiosqlite:///{(self.data / 'museum.db').absolute()}"

    @property
    def resolved_store_url(self) -> str:
        """The store's address, a folder in the data folder where none is set."""
        return self.store_url or str((self.data / "store").absolute())

    @property
    def resolved_languages(self) -> Path:
        """Folder of the files of languages that are added."""
        return Path(self.languages) if self.languages else self.data / "languages"

    @property
    def uploads(self) -> Path:
        """Folder of uploads under way."""
        return self.data / "uploads"

    @property
    def work(self) -> Path:
        """Folder in which jobs make their derivatives before they go into the store."""
        return self.data / "work"


def add_options(parser: argparse.ArgumentParser, *names: str) -> None:
    """Give `parser` the options of the settings `names`, or of all of them."""
    for setting in fields(Settings):
        if names and setting.name not in names:
            continue
        kind = {"Path": Path, "int": int}.get(str(setting.type), str)
        default = setting.default
        parser.add_argument(
            f"--{setting.name.replace('_', '-')}",
            type=kind,
            default=argparse.SUPPRESS,
            metavar=setting.metadata.get("metavar"),
            choices=setting.metadata.get("choices"),
            help=setting.metadata["help"] + (f" (default: {default})" if default not in ("", 0) else ""),
        )


def read_settings(options: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment, overridden by `options`. Raises ValueError that names a variable which does not fit."""
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        variable = f"MUSEUM_{setting.name.upper()}"
        if setting.name in options:
            values[setting.name] = options[setting.name]
        elif variable in environment:
            values[setting.name] = _convert(variable, environment[variable], str(setting.type), setting.metadata)
    return Settings(**values)


def _convert(variable: str, text: str, kind: str, metadata: Mapping[str, Any]) -> Any:
    if kind == "Path":
        return Path(text)
    if kind == "int":
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{variable} must be a whole number, not {text!r}") from None
    choices = metadata.get("choices")
    if choices and text not in choices:
        raise ValueError(f"{variable} must be one of {', '.join(choices)}, not {text!r}")
    return text
