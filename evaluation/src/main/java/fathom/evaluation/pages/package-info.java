/**
 * A report as one self-contained HTML page, from values: nothing here reads files of a dataset or draws. The page loads
 * nothing from other places, and its policy for browsers forbids it.
 */
@NullMarked
package fathom.evaluation.pages;

import org.jspecify.annotations.NullMarked;
