/** The files of a dataset folder except the index: prediction maps and the lock of the writer. */
@NullMarked
package fathom.datasets.files;

import org.jspecify.annotations.NullMarked;
