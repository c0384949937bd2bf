/**
 * Named protocols: what is compared with what, and how. A saved prediction scores exactly like a live one, so nothing
 * here knows models or inference.
 */
@NullMarked
package fathom.evaluation.protocols;

import org.jspecify.annotations.NullMarked;
