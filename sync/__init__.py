"""Get newer packs safely: a pack is a file with a hash here, and what is in it is nobody's business."""
