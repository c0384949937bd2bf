/** The schedulers DDIM and LCM as plain arithmetic, with the results of diffusers. */
@NullMarked
package fathom.inference.diffusion.schedulers;

import org.jspecify.annotations.NullMarked;
