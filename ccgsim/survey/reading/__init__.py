"""Tables of text and spreadsheets, and what they say of people and ties."""
