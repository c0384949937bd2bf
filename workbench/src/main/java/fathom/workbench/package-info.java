/**
 * The work that a user asks for: import scenes, predict depth for pictures or for a dataset, evaluate, compare,
 * report. Each kind of work is a class with one entry point in a package of its own. It reports {@link
 * fathom.workbench.Progress}, stops when {@link fathom.workbench.Cancellation} asks, records the failure of a sample
 * and continues with the next, and resumes when it is run again. Nothing here prints, exits or asks: that is {@code
 * fathom.cli}.
 */
@NullMarked
package fathom.workbench;

import org.jspecify.annotations.NullMarked;
