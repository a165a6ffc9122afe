"""`python -m why401`: the program, with these arguments."""

import subprocess
import sys

from . import program

if __name__ == "__main__":
    try:
        sys.exit(subprocess.call([program(), *sys.argv[1:]]))
    except KeyboardInterrupt:
        sys.exit(130)
