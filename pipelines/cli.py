"""The jixiao command."""


def main() -> None:
    """Run the command."""
