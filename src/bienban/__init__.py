"""bienban: minutes of Vietnam's public bodies, from news articles to a warehouse."""
