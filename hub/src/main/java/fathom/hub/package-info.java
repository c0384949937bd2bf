/**
 * The Hugging Face Hub: repositories of checkpoints by name, and the cache on this disk that Python's {@code
 * huggingface_hub} shares. Downloading, resuming, verifying and locking belong here. Nothing here reads a weight or
 * knows an architecture. No HTTP or JSON type appears in a signature, and no access token in a message.
 */
@NullMarked
package fathom.hub;

import org.jspecify.annotations.NullMarked;
