/**
 * Named protocols: what is compared with what, and how. Stored and new predictions are scored in the same way, so
 * nothing here knows models or inference.
 */
@NullMarked
package fathom.evaluation.protocols;

import org.jspecify.annotations.NullMarked;
