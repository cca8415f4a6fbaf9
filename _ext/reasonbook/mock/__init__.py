"""An HTTP server that answers with the documented errors: for tests of clients."""
