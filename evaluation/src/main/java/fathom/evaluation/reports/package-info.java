/** Tables of means per field and metric, as text, Markdown, CSV, LaTeX and JSON. */
@NullMarked
package fathom.evaluation.reports;

import org.jspecify.annotations.NullMarked;
