/** Floor plans, furniture and decoration, and the architect that places them. */
@NullMarked
package fathom.rooms.furniture;

import org.jspecify.annotations.NullMarked;
