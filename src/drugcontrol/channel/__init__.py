"""Exchange between authorities: messages with the legal status in them, deadlines, and what proves that they were sent."""
