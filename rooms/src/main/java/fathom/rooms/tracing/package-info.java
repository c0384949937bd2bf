/** The ray tracer: geometry, materials, light and the renderer. */
@NullMarked
package fathom.rooms.tracing;

import org.jspecify.annotations.NullMarked;
