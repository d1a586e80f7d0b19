"""What the command line is made of: what is asked for, progress, and groups of commands."""
