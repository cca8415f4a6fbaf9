"""``python -m reasonbook``: the same as the ``reasonbook`` command."""

import sys

from reasonbook.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
