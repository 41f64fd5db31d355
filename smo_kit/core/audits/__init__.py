"""What the core itself looks at in an audit: all that a page's HTML tells, whoever made it."""
