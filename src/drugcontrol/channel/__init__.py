"""Exchange between authorities: messages that carry the legal status, deadlines, and what proves that they were sent."""
