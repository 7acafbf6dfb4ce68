"""What an audit tells: lists for people and machines, and the director's report."""
