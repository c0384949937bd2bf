/** Runs the records of other toolkits and compares Fathom's answers with them. */
@NullMarked
package fathom.evaluation.verification;

import org.jspecify.annotations.NullMarked;
