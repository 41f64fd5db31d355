"""A site of any size, made in bulk: what does a page, a list or a command cost when a site has grown?"""
