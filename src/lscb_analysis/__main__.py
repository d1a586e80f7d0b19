"""`python -m lscb_analysis` is `lscb`."""

from lscb_analysis.cli import main

if __name__ == "__main__":
    main(prog_name="lscb")
