/**
 * How far a prediction is from measured depth: metrics as their reference libraries compute them, named protocols that say what
 * is compared, and reports of means. A saved prediction scores exactly like a live one, so nothing here knows models or
 * inference; nothing here reads files, prints, or turns a sample that cannot be scored into a number.
 */
@NullMarked
package fathom.evaluation;

import org.jspecify.annotations.NullMarked;
