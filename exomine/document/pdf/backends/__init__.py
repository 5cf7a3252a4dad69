"""The only place that knows a PDF library: characters, lines and drawings of each page."""
