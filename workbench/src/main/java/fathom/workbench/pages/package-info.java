/** Pages of reports: collects numbers, charts and pictures of a dataset. */
@NullMarked
package fathom.workbench.pages;

import org.jspecify.annotations.NullMarked;
