/**
 * The values of a dataset: fields, provenance, scores, failures, and drafts of samples and predictions. Records without a
 * connection to a store.
 */
@NullMarked
package fathom.datasets.values;

import org.jspecify.annotations.NullMarked;
