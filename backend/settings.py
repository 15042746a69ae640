"""The environment, read once into typed, frozen settings; a bad value stops the start by name."""

import secrets
import tempfile
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
SECRET_NAMES = {
    "JWT_SECRET", "JWT_SECRET_OLD", "LLM_API_KEY", "DATABASE_URL", "REDIS_URL", "SMTP_URL", "OAUTH_CLIENT_SECRET",
}  # fmt: skip
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DEFAULT_HUB_MODEL = "Qwen/Qwen3-4B-Instruct-2507"
SMALL_HUB_MODEL = "HuggingFaceTB/SmolLM2-135M-Instruct"


def default_data_dir() -> Path:
    """Local state outside the source: XDG data home where there is a home, else the temporary folder."""
    try:
        return Path.home() / ".local" / "share" / "scholarship-chatbot"
    except RuntimeError:
        return Path(tempfile.gettempdir()) / "scholarship-chatbot"


def default_public_url(given: dict[str, Any]) -> str:
    """A Space's own address, else that of this machine."""
    host = (given.get("space_host") or "").partition(",")[0].strip()
    return f"https://{host}" if host else f"http://localhost:{given.get('gradio_server_port', 7860)}"


def default_contact(given: dict[str, Any]) -> str | None:
    """A Space's discussions."""
    space = given.get("space_id")
    return f"https://huggingface.co/spaces/{space}/discussions" if space else None


class Settings(BaseSettings):
    """Every setting of the app; the names are the environment variables in lower case.

    An empty variable counts as not set. README's table describes each one.
    """

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, extra="ignore")

    space_id: str | None = None
    space_host: str | None = None
    spaces_zero_gpu: bool = False
    gradio_server_name: str = Field(default_factory=lambda data: "0.0.0.0" if data.get("space_id") else "127.0.0.1")  # noqa: S104 - a Space is reached from outside # nosec B104
    gradio_server_port: Annotated[int, Field(ge=1, le=65535)] = 7860
    data_dir: Path = Field(default_factory=default_data_dir)
    database_url: str | None = None
    redis_url: str | None = None
    jwt_secret: str | None = None
    jwt_secret_old: str | None = None
    llm_model: str | None = None
    llm_base_url: str | None = None
    llm_api_key: str | None = None
    catalogue: Path = ROOT / "data" / "scholarships.csv"
    catalogue_dataset: str | None = None
    rate_limits: Literal["on", "off"] = "on"
    forwarded_allow_ips: str = Field(default_factory=lambda data: "10.0.0.0/8" if data.get("space_id") else "127.0.0.1")
    backup_to: str | None = None
    public_url: str = Field(default_factory=default_public_url)
    contact: str | None = Field(default_factory=default_contact)
    smtp_url: str | None = None
    mail_from: str | None = Field(None, validate_default=True)
    oauth_client_id: str | None = None
    oauth_client_secret: str | None = Field(None, validate_default=True)
    openid_provider_url: str = "https://huggingface.co"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    bcrypt_cost: Annotated[int, Field(ge=4, le=16)] = 12

    @field_validator("jwt_secret", "jwt_secret_old")
    @classmethod
    def _long_secret(cls, value: str | None) -> str | None:
        if value is not None and len(value.encode()) < 32:
            raise ValueError("at least 32 bytes")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("an address that starts with sqlite:///, postgresql:// or postgres://")
        return value

    @field_validator("llm_base_url", "public_url", "openid_provider_url")
    @classmethod
    def _http_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("an address that starts with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: str | None) -> str | None:
        expected = "an address such as smtp://user:password@host:587 or smtps://user:password@host:465"
        try:
            parts = urlsplit(value or "smtp://none")
            is_server = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            raise ValueError(expected) from None
        if not is_server:
            raise ValueError(expected)
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and not info.data.get("smtp_url"):
            return None
        try:
            validate_email(value or "", check_deliverability=False, allow_display_name=True, test_environment=True)
        except EmailNotValidError:
            raise ValueError("the e-mail address that mails of SMTP_URL come from") from None
        return value

    @field_validator("oauth_client_secret")
    @classmethod
    def _client_secret(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("oauth_client_id"):
            raise ValueError("the secret that belongs to OAUTH_CLIENT_ID")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("an address that starts with redis://, rediss:// or unix://")
        return value

    @field_validator("forwarded_allow_ips")
    @classmethod
    def _networks(cls, value: str) -> str:
        for part in value.split(","):
            try:
                ip_network(part.strip())
            except ValueError:
                raise ValueError("addresses or networks such as 10.0.0.0/8, separated by commas; never *") from None
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) and value.upper() in LOG_LEVELS else value

    def signing_key(self) -> str:
        """The key that signs sign-in tokens: `JWT_SECRET`, or a random one for this process."""
        return self.jwt_secret or _PROCESS_KEY


_PROCESS_KEY = secrets.token_urlsafe(48)


def read_settings() -> Settings:
    """Read and validate the environment.

    Raises SettingsError naming each bad variable, its value (hidden for secrets) and what was expected.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(e) for e in error.errors())) from None


def _sentence(error) -> str:  # type: ignore[no-untyped-def]
    name = str(error["loc"][0]).upper()
    shown = "(hidden)" if name in SECRET_NAMES else repr(error["input"])
    return f"{name}: got {shown}; expected: {error['msg'].removeprefix('Value error, ')}"
