/** The work a person asks for, resumable and with progress. */
@NullMarked
package fathom.workbench;

import org.jspecify.annotations.NullMarked;
