"""An API's own OpenAPI description, read and compared with its catalogue."""
