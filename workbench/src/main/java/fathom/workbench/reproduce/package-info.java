/** Published scores of models, pinned with their sources, and their reproduction on datasets. */
@NullMarked
package fathom.workbench.reproduce;

import org.jspecify.annotations.NullMarked;
