/**
 * The Hugging Face hub: repositories of checkpoints by name, and the cache on this disk that Python's
 * {@code huggingface_hub} shares. Downloading, resuming, checking and locking belong here; nothing here reads a weight or
 * knows an architecture. No HTTP or JSON type appears in a signature, no access token in a message.
 */
@NullMarked
package fathom.models.hub;

import org.jspecify.annotations.NullMarked;
