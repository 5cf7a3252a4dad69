"""``python -m exomine`` is the command ``exomine``."""

from exomine.cli.app import main

if __name__ == "__main__":
    main()
