/** The routes of the App. */
@NullMarked
package fathom.server;

import org.jspecify.annotations.NullMarked;
