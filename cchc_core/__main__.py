"""``python -m cchc_core``: the command line."""

import sys

from cchc_core.cli import main

sys.exit(main())
