/** The complete workflow on sample rooms, composed of the tasks of the workbench. */
@NullMarked
package fathom.workbench.quickstart;

import org.jspecify.annotations.NullMarked;
