/** Where the error of a prediction is: maps of errors and how the error is distributed over the pixels. */
@NullMarked
package fathom.evaluation.errors;

import org.jspecify.annotations.NullMarked;
