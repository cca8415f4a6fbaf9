"""What is found wrong: rules, places, findings, and how they are printed."""
