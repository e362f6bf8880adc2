"""What `spacy train --code` imports: registers the tracker's tokenizer, network and component."""

import tracker.extraction.factories  # noqa: F401
