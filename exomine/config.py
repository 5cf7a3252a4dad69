"""Settings shared by several rooms; each with its unit and default."""
