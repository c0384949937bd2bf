/**
 * The engine that runs graphs, behind one interface, so that it can be replaced: tensors in, tensors out. Nothing here
 * knows pictures or depth.
 */
@NullMarked
package fathom.engine;

import org.jspecify.annotations.NullMarked;
