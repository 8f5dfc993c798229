"""Import shortlists and lists of programs from files of any format."""
