"""The tables in the forms that other programs read: spreadsheets, networks, databases, reference managers, annotation
tools."""
