"""Run the command line as ``python -m gouji``."""

from gouji.cli import main

if __name__ == "__main__":
    main(prog_name="gouji")
