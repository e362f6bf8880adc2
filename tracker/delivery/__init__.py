"""Send a digest: to a webhook, by mail. Importing this package is cheap."""
