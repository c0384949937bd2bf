/** Tables of means per prediction field and metric, as text, Markdown, CSV and JSON. */
@NullMarked
package fathom.evaluation.reports;

import org.jspecify.annotations.NullMarked;
