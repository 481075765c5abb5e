"""The app's two pages: they show what the API gives, and decide nothing."""
