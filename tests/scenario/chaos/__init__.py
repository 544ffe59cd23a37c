"""The machinery of the chaos test: what breaks, what breaks it, what must hold."""
