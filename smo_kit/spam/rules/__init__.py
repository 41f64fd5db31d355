"""Rules with weights set by hand. Each class here is a ``pipeline.SpamRule``; the setting ``rules`` orders them."""
