"""exomine: from reviews on exosomes, microRNAs and drug resistance to tidy tables of statements.

Importing the package is light: spaCy and pandas load when a function that needs them is first called.
"""

__version__ = "0.1.0"
