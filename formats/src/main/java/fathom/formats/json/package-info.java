/**
 * JSON as values: a strict reader with limits on depth and size, and a writer of one canonical form (sorted keys, no
 * white space, numbers in a fixed form) for hashing.
 */
@NullMarked
package fathom.formats.json;

import org.jspecify.annotations.NullMarked;
