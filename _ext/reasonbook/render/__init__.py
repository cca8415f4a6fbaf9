"""From the model to what programs and pages need: addresses, words, tables. Knows no Sphinx."""
