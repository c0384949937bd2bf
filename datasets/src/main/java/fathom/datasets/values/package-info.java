/**
 * The values of a dataset: fields, provenance, scores, failures, and drafts of what is added. Plain records without a
 * connection to a store.
 */
@NullMarked
package fathom.datasets.values;

import org.jspecify.annotations.NullMarked;
