"""What commands are made of: answers, streams, the line that repeats them, how the lesson is offered."""
