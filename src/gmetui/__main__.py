"""`python -m gmetui` is `gmetui`."""

from .cli import main

if __name__ == "__main__":
    raise SystemExit(main())
