"""Reasons as HTML, written straight from the facts: what the stock nodes become, without them."""
