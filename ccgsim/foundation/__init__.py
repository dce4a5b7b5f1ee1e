"""What everything stands on: chance, quantities, tables, compiled rules, faults in plain words."""
