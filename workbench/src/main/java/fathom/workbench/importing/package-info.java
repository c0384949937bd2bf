/** Import of RGB-D folders into datasets, with progress and cancellation. */
@NullMarked
package fathom.workbench.importing;

import org.jspecify.annotations.NullMarked;
