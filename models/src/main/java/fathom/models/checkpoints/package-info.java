/**
 * Checkpoints: named tensors in files, mapped into memory and checked before anything trusts them, and the JSON settings
 * beside them. What the tensors mean belongs to {@code fathom.models.architectures}. No type of a JSON library appears in a
 * signature.
 */
@NullMarked
package fathom.models.checkpoints;

import org.jspecify.annotations.NullMarked;
