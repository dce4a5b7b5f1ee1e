"""The base of all other packages: chance, quantities, tables, compiled rules, error messages."""
