/** GLPN. */
@NullMarked
package fathom.models.glpn;

import org.jspecify.annotations.NullMarked;
