/** Datasets whose pictures and measured depth are rendered for another camera. */
@NullMarked
package fathom.workbench.warp;

import org.jspecify.annotations.NullMarked;
