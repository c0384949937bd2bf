/**
 * The records of other toolkits: their cases, what their evaluation code gave, Fathom's answers, and the comparison of
 * the two. The layout of a folder of records is described in {@code goldens/protocols/README.md}.
 */
@NullMarked
package fathom.evaluation.parity;

import org.jspecify.annotations.NullMarked;
