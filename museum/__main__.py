"""`python -m museum`."""

import sys

from museum.cli import main

if __name__ == "__main__":
    sys.exit(main())
