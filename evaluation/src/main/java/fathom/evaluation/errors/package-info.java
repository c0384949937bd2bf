/** Where the errors of a prediction are: maps of errors, the worst regions, and errors by depth and by distance to an edge. */
@NullMarked
package fathom.evaluation.errors;

import org.jspecify.annotations.NullMarked;
