"""An audit held against the truth: figures, and the page that shows them."""
