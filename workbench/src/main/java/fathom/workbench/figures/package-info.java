/** Figures of one scene: picture, ground truth, predictions and errors. */
@NullMarked
package fathom.workbench.figures;

import org.jspecify.annotations.NullMarked;
