"""OFD, the Chinese state's fixed-layout format (GB/T 33190): pages of text and paths, read as PDF pages are."""
