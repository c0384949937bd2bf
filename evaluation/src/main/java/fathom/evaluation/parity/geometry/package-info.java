/** Toolkits whose metrics read surfaces, boundaries and order: each class reproduces one. */
@NullMarked
package fathom.evaluation.parity.geometry;

import org.jspecify.annotations.NullMarked;
