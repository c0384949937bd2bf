/** Tables of means over a dataset, with intervals and paired comparisons, as text, Markdown, CSV, JSON or LaTeX. */
@NullMarked
package fathom.evaluation.reports;

import org.jspecify.annotations.NullMarked;
