"""Templates of the static reports; ``bienban.io.reports`` fills them."""
