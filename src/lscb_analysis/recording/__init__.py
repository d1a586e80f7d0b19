"""What runs do beside each other and what is kept of them: the lock, and the run record."""
