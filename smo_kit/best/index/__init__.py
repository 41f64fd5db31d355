"""The site's texts in the database, and which are alike."""
