"""The error family: every error a caller can see has a code, an HTTP status and a sentence for people."""


class AppError(Exception):
    """An error with a contract code; `str(error)` is the sentence for people."""

    code = "INTERNAL_ERROR"
    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ValidationFailed(AppError):
    """The input breaks a rule of the contract."""

    code, status = "VALIDATION_ERROR", 422


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

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(AppError):
    """A part that is needed is out for now."""

    code, status = "UNAVAILABLE", 503


class InternalError(AppError):
    """A bug; the message carries only a request id."""


class SettingsError(Exception):
    """A bad environment variable; stops the start."""


class CatalogueError(Exception):
    """The catalogue is broken; stops the start and lists file, line, column and expectation."""
