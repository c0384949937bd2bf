/** DPT and MiDaS: the neck and the head on any backbone, and the weight files of the MiDaS repository. */
@NullMarked
package fathom.models.dpt;

import org.jspecify.annotations.NullMarked;
