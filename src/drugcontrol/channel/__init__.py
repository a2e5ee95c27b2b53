"""Exchange between authorities: messages with the legal status in them, deadlines, and proof of what was sent."""
