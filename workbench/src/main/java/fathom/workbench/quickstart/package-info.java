/** The whole job on sample rooms, put together from the workbench's own tasks; it adds none of its own. */
@NullMarked
package fathom.workbench.quickstart;

import org.jspecify.annotations.NullMarked;
