"""The one error that a command shows to its user: what went wrong and what to do next, without a traceback."""

FAILED = 1
WRONG_USAGE = 2


class CommandError(Exception):
    """Ends a command. ``message`` and ``advice`` are Chinese, for the clerk; ``exit_code`` as in the contract."""

    def __init__(self, message: str, advice: str, exit_code: int = FAILED) -> None:
        """Take what went wrong and what to do next."""
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.exit_code = exit_code
