"""Questions to the tables: statements by names, and the answers that everybody asks for."""
