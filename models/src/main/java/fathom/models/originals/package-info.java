/**
 * Weight files as the authors' own repositories publish them, without a configuration: their tensors get the names that the
 * hub's checkpoints have, and the configuration is read off names and shapes. Nothing is copied. Architectures do not know
 * of these names; where the hub has no checkpoints of a family, its layers keep the author's names.
 */
@NullMarked
package fathom.models.originals;

import org.jspecify.annotations.NullMarked;
