"""Full-screen views of the application."""
