/** Scores of datasets and of file pairs under named protocols, and reports of stored scores. */
@NullMarked
package fathom.workbench.evaluate;

import org.jspecify.annotations.NullMarked;
