"""The error family: every error a caller can see has a code, an HTTP status and a sentence for people in each language."""

from backend.error_words import sentence, waiting


class AppError(Exception):
    """An error with a contract code; its sentence is told by its key (backend.error_words) and what is filled in."""

    code = "INTERNAL_ERROR"
    status = 500

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self._key, self._values = key, values

    def said(self, language: str) -> str:
        """The sentence for people, in `en` or `hi`."""
        return sentence(self._key, language, **self._values)

    @property
    def message(self) -> str:
        """The sentence as the API gives it to those who name no language."""
        return self.said("en")

    def __str__(self) -> str:
        """The sentence, for logs."""
        return self.message


class ValidationFailed(AppError):
    """The input breaks a rule of the contract; `where` names the field as the caller wrote it, if it is about one."""

    code, status = "VALIDATION_ERROR", 422

    def __init__(self, key: str, /, *, where: str | None = None, **values: object) -> None:
        super().__init__(key, **values)
        self.where = where

    def why(self, language: str) -> str:
        """What is wrong, without the field's name."""
        return super().said(language)

    def said(self, language: str) -> str:
        """The field and what is wrong with it."""
        return f"{self.where}: {self.why(language)}" if self.where else self.why(language)


class Unauthorized(AppError):
    """No valid sign-in came with the call."""

    code, status = "UNAUTHORIZED", 401


class Forbidden(AppError):
    """The caller is known but may not do this."""

    code, status = "FORBIDDEN", 403


class NotFound(AppError):
    """There is no such thing, or it is not the caller's (the two look alike on purpose)."""

    code, status = "NOT_FOUND", 404


class Conflict(AppError):
    """It exists already, or was changed in between."""

    code, status = "CONFLICT", 409


class PayloadTooLarge(AppError):
    """The request body is over the limit."""

    code, status = "PAYLOAD_TOO_LARGE", 413


class RateLimited(AppError):
    """Too many calls; `retry_after` is in seconds."""

    code, status = "RATE_LIMITED", 429

    def __init__(self, key: str, /, retry_after: int) -> None:
        super().__init__(key)
        self.retry_after = retry_after

    def said(self, language: str) -> str:
        """The sentence, with how long to wait."""
        return sentence(self._key, language, wait=waiting(self.retry_after, language))


class Unavailable(AppError):
    """A part that is needed is out for now."""

    code, status = "UNAVAILABLE", 503


class InternalError(AppError):
    """A bug; the message carries only a request id."""


class SettingsError(Exception):
    """A bad environment variable; stops the start."""


class CatalogueError(Exception):
    """The catalogue is broken; stops the start and lists file, line, column and expectation."""
