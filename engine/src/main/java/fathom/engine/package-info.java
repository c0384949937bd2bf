/**
 * The engine that runs graphs, behind one interface, so that another can take its place: tensors in, tensors out.
 * Pictures and depth are not known here.
 */
@NullMarked
package fathom.engine;

import org.jspecify.annotations.NullMarked;
